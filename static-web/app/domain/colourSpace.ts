/** A colour in OKLab, where distances are as people see them. */
export interface Lab {
  /** 0 to 1. */
  readonly lightness: number;
  readonly a: number;
  readonly b: number;
}

type Triple = readonly [number, number, number];

/** The channels of `#rrggbb` as light, 0 to 1. */
function lightOf(colour: string): Triple {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const dot = ([a, b, c]: Triple, [x, y, z]: Triple): number => a * x + b * y + c * z;

/** Relative luminance by WCAG 2.2 of `#rrggbb`, 0 to 1. */
export const luminanceOf = (colour: string): number => dot([0.2126, 0.7152, 0.0722], lightOf(colour));

/** `#rrggbb` in OKLab. (The matrices are those that its author published.) */
export function labOf(colour: string): Lab {
  const light = lightOf(colour);
  const cones: Triple = [
    Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], light)),
    Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], light)),
    Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], light)),
  ];
  return {
    lightness: dot([0.2104542553, 0.793617785, -0.0040720468], cones),
    a: dot([1.9779984951, -2.428592205, 0.4505937099], cones),
    b: dot([0.0259040371, 0.7827717662, -0.808675766], cones),
  };
}

/** The nearest `#rrggbb`; what the screen cannot show is cut. */
export function rgbOf({ lightness, a, b }: Lab): string {
  const lab: Triple = [lightness, a, b];
  const cones: Triple = [
    dot([1, 0.3963377774, 0.2158037573], lab) ** 3,
    dot([1, -0.1055613458, -0.0638541728], lab) ** 3,
    dot([1, -0.0894841775, -1.291485548], lab) ** 3,
  ];
  const channel = (matrix: Triple): string => {
    const light = dot(matrix, cones);
    const value = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
    return Math.round(255 * Math.min(1, Math.max(0, value)))
      .toString(16)
      .padStart(2, "0");
  };
  const red = channel([4.0767416621, -3.3077115913, 0.2309699292]);
  const green = channel([-1.2684380046, 2.6097574011, -0.3413193965]);
  const blue = channel([-0.0041960863, -0.7034186147, 1.707614701]);
  return `#${red}${green}${blue}`;
}
