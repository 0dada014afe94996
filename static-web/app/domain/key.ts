const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LENGTH = 8;

/** Fills an array with random bytes, as `crypto.getRandomValues` does. */
export type RandomBytes = (into: Uint8Array<ArrayBuffer>) => unknown;

/** A new record key: eight letters, each equally likely. */
export function newKey(random: RandomBytes = (into) => crypto.getRandomValues(into)): string {
  // Bytes from the last, incomplete run of letters are thrown away: taking them modulo would favour the first letters.
  const fair = 256 - (256 % LETTERS.length);
  const bytes = new Uint8Array(2 * LENGTH);
  let key = "";
  while (key.length < LENGTH) {
    random(bytes);
    for (const byte of bytes) {
      if (byte < fair && key.length < LENGTH) key += LETTERS.charAt(byte % LETTERS.length);
    }
  }
  return key;
}
