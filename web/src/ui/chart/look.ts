/** What a chart takes from the page's variables, read anew when the scheme changes. */
export interface ChartLook {
  text: string;
  soft: string;
  faint: string;
  line: string;
  lineStrong: string;
  surface: string;
  raised: string;
  accent: string;
  red: string;
  amber: string;
  band: string;
  font: string;
  /** Lines of groups: told apart by people with any colour vision, on this ground. */
  series: readonly string[];
}

// After Okabe and Ito (2008), lightened or darkened until each has contrast 3 on its ground.
const onLight = [
  '#0072b2',
  '#b85c00',
  '#8a4fa3',
  '#007a5a',
  '#a8326e',
  '#5c6b00',
  '#3d5a98',
  '#7a4b2a',
];
const onDark = [
  '#56b4e9',
  '#f0a13a',
  '#c99be0',
  '#3fcf9f',
  '#f07fb2',
  '#d9d04a',
  '#9db4f0',
  '#d3a27f',
];

export function chartLook(): ChartLook {
  const root = document.documentElement;
  const style = getComputedStyle(root);
  const of = (name: string): string => style.getPropertyValue(`--yd-${name}`).trim();
  const isDark = root.dataset['theme'] === 'dark';
  return {
    text: of('text'),
    soft: of('text-soft'),
    faint: of('text-faint'),
    line: of('line'),
    lineStrong: of('line-strong'),
    surface: of('surface'),
    raised: of('raised'),
    accent: of('accent'),
    red: of('red'),
    amber: of('amber'),
    band: isDark ? 'rgb(99 207 136 / 14%)' : 'rgb(28 122 61 / 10%)',
    font: of('font'),
    series: isDark ? onDark : onLight,
  };
}
