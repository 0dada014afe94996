const MOST_ITEMS = 1000;
/** More is not sent in one request. */
export const MOST_BYTES = 5 * 1024 * 1024;
const encoder = new TextEncoder();

const bytesOf = (text: string): number => encoder.encode(text).length;

/** Items and their JSON list, ready to be sent. */
export interface Chunk<T> {
  readonly items: readonly T[];
  readonly body: string;
  /** The size of the body. */
  readonly bytes: number;
}

/**
 * Cuts a list into pieces that one request can carry: at most 1000 items and `mostBytes`. Only an item that is larger
 * by itself makes a larger piece. Nothing is cut before it is asked for, and then by what `mostBytes` says at that time.
 */
export function* chunked<T>(
  items: Iterable<T>,
  mostBytes: () => number = () => MOST_BYTES,
): Generator<Chunk<T>> {
  let taken: T[] = [];
  let texts: string[] = [];
  let bytes = 0;
  // A list has two brackets and as many commas as items but one.
  const chunk = (): Chunk<T> => ({ items: taken, body: `[${texts.join(",")}]`, bytes: bytes + 1 });
  for (const item of items) {
    const text = JSON.stringify(item);
    const size = bytesOf(text) + 1;
    if (taken.length === MOST_ITEMS || (taken.length > 0 && bytes + size + 1 > mostBytes())) {
      yield chunk();
      [taken, texts, bytes] = [[], [], 0];
    }
    taken.push(item);
    texts.push(text);
    bytes += size;
  }
  if (taken.length > 0) yield chunk();
}

/** The items that fit into a request of so many bytes at least alone. None is looked at before it is asked for. */
export function* fitting<T>(items: Iterable<T>, mostBytes: number): Generator<T> {
  // A list of one has two brackets.
  for (const item of items) if (bytesOf(JSON.stringify(item)) + 2 <= mostBytes) yield item;
}
