/** The place to which a key moves in a list of `count`, around its ends; null where the key does not move. */
export function moved(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">,
  place: number,
  count: number,
): number | null {
  if (ctrlKey || metaKey || count === 0) return null;
  switch (key) {
    case "ArrowDown":
      return (place + 1) % count;
    case "ArrowUp":
      return (place - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
