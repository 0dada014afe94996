const MOST_ITEMS = 1000;
const MOST_BYTES = 5 * 1024 * 1024;

/** Items and their JSON list, ready to be sent. */
export interface Chunk<T> {
  readonly items: readonly T[];
  readonly body: string;
}

/** Cuts a list into pieces that one request can carry: at most 1000 items and 5 MiB. */
export function chunked<T>(items: readonly T[], mostBytes: number = MOST_BYTES): readonly Chunk<T>[] {
  const chunks: Chunk<T>[] = [];
  const encoder = new TextEncoder();
  let taken: T[] = [];
  let texts: string[] = [];
  let bytes = 0;
  const close = (): void => {
    if (taken.length > 0) chunks.push({ items: taken, body: `[${texts.join(",")}]` });
    [taken, texts, bytes] = [[], [], 0];
  };
  for (const item of items) {
    const text = JSON.stringify(item);
    const size = encoder.encode(text).length + 1;
    if (taken.length === MOST_ITEMS || bytes + size >= mostBytes) close();
    taken.push(item);
    texts.push(text);
    bytes += size;
  }
  close();
  return chunks;
}
