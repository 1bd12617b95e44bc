/** The look, decided once: Ant Design and our own style sheets both take it from here. */
const fonts = 'Inter, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif';
/** The same, with quotation marks and dashes by the language of the page (base.css). */
export const pageFonts = 'var(--yd-font)';
export const monoFonts =
  'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", monospace';

export const size = { rail: 68, bar: 48, radius: 6, control: 32, font: 14, denseFont: 13 } as const;

interface Palette {
  /** The accent: marks, borders, icons. */
  accent: string;
  /** The accent where text needs contrast 4.5: links, and fills under white text. */
  accentText: string;
  accentFill: string;
  accentFillHover: string;
  accentSoft: string;
  text: string;
  textSoft: string;
  textFaint: string;
  page: string;
  surface: string;
  raised: string;
  hover: string;
  /** Ground of controls that lie in the page, such as a switch between views. */
  track: string;
  line: string;
  lineStrong: string;
  red: string;
  redSoft: string;
  amber: string;
  amberSoft: string;
  green: string;
  greenSoft: string;
  blue: string;
  blueSoft: string;
  note: string;
  shadow: string;
}

export const light: Palette = {
  accent: '#0d9488',
  accentText: '#0f766e',
  accentFill: '#0f766e',
  accentFillHover: '#0d857b',
  accentSoft: '#e6f5f3',
  text: '#1b1f24',
  textSoft: '#57606a',
  textFaint: '#68717c',
  page: '#f5f6f7',
  surface: '#ffffff',
  raised: '#ffffff',
  hover: '#f0f2f4',
  track: '#e6e9ec',
  line: '#e4e7eb',
  lineStrong: '#cbd1d8',
  red: '#c3282d',
  redSoft: '#fdeeee',
  amber: '#9a5b00',
  amberSoft: '#fff5e0',
  green: '#1c7a3d',
  greenSoft: '#e9f7ee',
  blue: '#1d5fb8',
  blueSoft: '#eaf2fc',
  note: '#fff8e1',
  shadow: '0 6px 24px rgb(16 24 32 / 12%), 0 1px 3px rgb(16 24 32 / 8%)',
};

export const dark: Palette = {
  accent: '#2dd4bf',
  accentText: '#4fd8c7',
  accentFill: '#0f766e',
  accentFillHover: '#0f8479',
  accentSoft: '#12322f',
  text: '#e6e9ec',
  textSoft: '#a3acb5',
  textFaint: '#8b959f',
  page: '#101315',
  surface: '#171b1e',
  raised: '#1e2327',
  hover: '#22282c',
  track: '#0b0e0f',
  line: '#2a3136',
  lineStrong: '#3d464d',
  red: '#ff8a85',
  redSoft: '#3a1b1c',
  amber: '#f0b45a',
  amberSoft: '#352813',
  green: '#63cf88',
  greenSoft: '#15301f',
  blue: '#82b5f5',
  blueSoft: '#172a42',
  note: '#2e2815',
  shadow: '0 8px 28px rgb(0 0 0 / 50%), 0 1px 3px rgb(0 0 0 / 40%)',
};

const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A palette as `--yd-…` variables, for a part of the page that keeps its own look. */
export const variablesOf = (palette: Palette): Record<string, string> =>
  Object.fromEntries(
    Object.entries(palette).map(([name, value]) => [`--yd-${kebab(name)}`, value]),
  );

/** Puts the palette on the page as `--yd-…` variables: `--yd-text-soft`, `--yd-line`, `--yd-red-soft`. */
export function applyPalette(palette: Palette, scheme: 'light' | 'dark'): void {
  const { style, dataset } = document.documentElement;
  for (const [name, value] of Object.entries(variablesOf(palette))) style.setProperty(name, value);
  style.setProperty('--yd-fonts', fonts);
  style.setProperty('--yd-mono', monoFonts);
  style.setProperty('--yd-radius', `${size.radius}px`);
  style.setProperty('--yd-rail', `${size.rail}px`);
  style.setProperty('--yd-bar', `${size.bar}px`);
  style.colorScheme = scheme;
  dataset.theme = scheme;
}
