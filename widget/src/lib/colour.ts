type Rgb = readonly [number, number, number];

const parse = (hex: string): Rgb => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];

const format = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours `#rrggbb` as WCAG 2 defines it, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(parse(one)), luminance(parse(other))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function mix(rgb: Rgb, target: Rgb, share: number): Rgb {
  const at = (i: 0 | 1 | 2): number => rgb[i] + (target[i] - rgb[i]) * share;
  return [at(0), at(1), at(2)];
}

const white = '#ffffff';
const black = '#000000';
/** AA for text, with a little room for rounding. */
const enough = 4.55;

/** The colour moved towards `target` as little as makes it readable against `ground`. */
function readable(hex: string, ground: string, target: string): string {
  for (let share = 0; share < 1; share += 0.04) {
    const colour = format(mix(parse(hex), parse(target), share));
    if (contrast(colour, ground) >= enough) return colour;
  }
  return target;
}

export interface Palette {
  /** Ground of launcher, header, own messages. */
  fill: string;
  /** Text on it. */
  onFill: string;
  /** Text and lines on the light panel. */
  accent: string;
  /** Text and lines on the dark panel. */
  accentDark: string;
}

/**
 * Colours made of the brand's, each pair with AA contrast. Middle tones are darkened until white text reads well on
 * them, because that is how brands use them; light tones keep their shade and carry black.
 */
export function paletteOf(brand: string): Palette {
  const isLight = contrast(brand, white) < 2.2;
  return {
    fill: isLight ? brand : readable(brand, white, black),
    onFill: isLight ? black : white,
    accent: readable(brand, white, black),
    accentDark: readable(brand, '#262b31', white),
  };
}
