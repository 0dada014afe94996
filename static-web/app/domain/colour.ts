const HUES = 12;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * The hue that a tag has until somebody chooses a colour: 1 to 12, from its name alone, so that it is the same
 * everywhere and two tags mostly look different from the start. (FNV-1a over the UTF-8 bytes of the lower-case tag.)
 */
export function hueOf(tag: string): number {
  let hash = FNV_OFFSET;
  for (const byte of new TextEncoder().encode(tag)) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return ((hash >>> 0) % HUES) + 1;
}
