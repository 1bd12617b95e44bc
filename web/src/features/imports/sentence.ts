import type { ImportSentence } from '@yingda/contract';
import { formatNumber } from '../../lib/format.ts';
import { hasText, text } from '../../lib/i18n.ts';

/** Which part of the catalogue names the codes that come as a value of this name. */
const named: Record<string, string> = {
  role: 'roles',
  format: 'formats',
  formats: 'formats',
  other: 'formats',
  encoding: 'encodings',
  kind: 'kinds',
  unit: 'durations',
  outcome: 'outcomes',
};
/** Counted out as they are: places in a file, and what plural forms go by. */
const asTheyAre = new Set(['line', 'column', 'count']);

function valueText(name: string, value: string | number): string | number {
  if (typeof value === 'number') return asTheyAre.has(name) ? value : formatNumber(value);
  const part = named[name];
  if (part === undefined) return value;
  const codes = value.split(', ').map((code) => {
    const key = `imports:${part}.${code}`;
    return hasText(key) ? text(key) : code;
  });
  return codes.join(text('imports:listMark'));
}

/** A sentence of the server in the reader's language, its codes and numbers too. */
export function sayText({ code, params }: Pick<ImportSentence, 'code' | 'params'>): string {
  const key = `import-texts:says.${code}`;
  const values = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, valueText(name, value)]),
  );
  return hasText(key) ? text(key, values) : text('imports:unknownSentence', { code });
}
