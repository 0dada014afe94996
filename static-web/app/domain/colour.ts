import { colord, extend } from "colord";
import names from "colord/plugins/names";
import { type Lab, labOf, luminanceOf, rgbOf } from "./colourSpace.ts";

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

/** A colour of the palette that is offered first. */
export interface PaletteColour {
  /** 1 to 12, as `hueOf` gives it. */
  readonly hue: number;
  /** Its OKLCH lightness in percent. */
  readonly lightness: number;
  /** `#rrggbb`. */
  readonly colour: string;
}

const row = (lightness: number, colours: string): readonly PaletteColour[] =>
  colours.split(" ").map((colour, i) => ({ hue: i + 1, lightness, colour: `#${colour}` }));

/** The palette: 12 hues at 4 lightnesses, the lightest first. It is that of the style sheets. */
export const PALETTE: readonly PaletteColour[] = [
  ...row(82, "fea9af fbb08e eabb79 cdc87a a8d391 82d9b4 6cd9d8 77d2f5 9ec7fd bdbcfe ddb1f1 f3aad3"),
  ...row(70, "e37a84 e08256 cd9130 aba232 7ab05a 37b78a 0db5b5 12aedb 64a1ee 9792ec bd84d6 d77cb1"),
  ...row(58, "ba5661 b85e31 a46e01 867d04 578b35 009068 068c8c 0087ab 407bc5 736dc3 9760af af578c"),
  ...row(46, "923240 903a03 764f07 615a00 356708 09684b 026565 04617c 1b589e 534a9c 733d89 883468"),
];

extend([names]);

/** More than any colour needs: what reads them takes its time with long texts. */
const LONGEST = 100;
const HASHLESS = /^[0-9a-f]{3,8}$/i;

/**
 * The colour that was typed or stored, as `#rrggbb`: a name of CSS, `rgb()`, `hsl()`, or hexadecimal figures with or
 * without a hash. What lets something shine through is taken as opaque, but `transparent` is no colour. Null when it is
 * none of these.
 */
export function parseColour(text: string): string | null {
  if (text.length > LONGEST) return null;
  const typed = text.trim();
  const read = colord(HASHLESS.test(typed) ? `#${typed}` : typed);
  if (!read.isValid() || typed.toLowerCase() === "transparent") return null;
  return read.alpha(1).toHex();
}

/** The colour of the palette that looks most like one, given as `#rrggbb`. */
export function nearestInPalette(colour: string): PaletteColour {
  const distance = (one: Lab, other: Lab): number =>
    Math.hypot(one.lightness - other.lightness, one.a - other.a, one.b - other.b);
  const wanted = labOf(colour);
  return PALETTE.reduce((best, entry) =>
    distance(labOf(entry.colour), wanted) < distance(labOf(best.colour), wanted) ? entry : best,
  );
}

/** How a tag is coloured: in a hue, which each theme shows in its own lightness, or in a colour of its own. */
export type TagColour = { readonly hue: number } | { readonly colour: string };

/** The colour of a tag: what was chosen for it (`#rrggbb` or null), or the hue of its name. One of the palette is its hue. */
export function tagColour(tag: string, chosen: string | null): TagColour {
  if (chosen === null) return { hue: hueOf(tag) };
  const known = PALETTE.find(({ colour }) => colour === chosen);
  return known === undefined ? { colour: chosen } : { hue: known.hue };
}

/** The contrast of two colours by WCAG 2.2, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * A colour as it can be used on a paper, all given as `#rrggbb`: itself if it stands out enough (3 for what is drawn, 4.5
 * for text), or else the same hue as much darker, or on dark paper lighter, as it takes.
 */
export function standingOut(colour: string, paper: string, least = 3): string {
  const { lightness, a, b } = labOf(colour);
  const step = luminanceOf(paper) > 0.18 ? -0.01 : 0.01;
  let shown = colour;
  for (let at = lightness; contrast(shown, paper) < least && at >= 0 && at <= 1; ) {
    at += step;
    shown = rgbOf({ lightness: Math.min(1, Math.max(0, at)), a, b });
  }
  return shown;
}
