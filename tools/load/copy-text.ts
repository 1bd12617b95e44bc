/** A value as COPY's text format takes it. */
export type Value = string | number | boolean | null;

const SPECIAL = /[\\\t\n\r]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function encode(value: Value): string {
  if (value === null) return '\\N';
  if (typeof value !== 'string') return String(value);
  if (!SPECIAL.test(value)) return value;
  return value.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? character);
}

/** One row for `copy … from stdin`. */
export function copyRow(values: readonly Value[]): string {
  let line = '';
  for (let at = 0; at < values.length; at += 1)
    line += (at > 0 ? '\t' : '') + encode(values[at] ?? null);
  return `${line}\n`;
}

/** A text array. */
export function arrayText(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replaceAll(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`;
}

/** The words that `segment` and `bigrams` give, as a tsvector; they hold letters and digits only. */
export function vectorText(words: string): string {
  return words === '' ? '' : `'${words.replaceAll(' ', "' '")}'`;
}

/** An instant in ms as ISO text. */
export const instantText = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString();
