/** Fills bytes by chance, as `crypto.getRandomValues` does. */
type Fill = (bytes: Uint8Array<ArrayBuffer>) => unknown;

/**
 * The header by which a request begins a trace (W3C Trace Context, version 00, sampled): ids by chance that say nothing of
 * who asks, the same for the request wherever it leads to, another for every request.
 */
export function newTraceParent(fill: Fill): string {
  return `00-${id(16, fill)}-${id(8, fill)}-01`;
}

/** Hexadecimal, never all zeros, which is no id. */
function id(length: number, fill: Fill): string {
  const bytes = new Uint8Array(length);
  fill(bytes);
  if (bytes.every((byte) => byte === 0)) bytes[0] = 1;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
