import type { ImportSentence } from '@yingda/contract';
import { formatNumber } from '../../lib/format.ts';
import { hasText, text } from '../../lib/i18n.ts';

/** A sentence of the server in the reader's language; numbers in it with their grouping. */
export function sayText({ code, params }: Pick<ImportSentence, 'code' | 'params'>): string {
  const key = `import-texts:says.${code}`;
  const values = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'number' && name !== 'line' && name !== 'column' && name !== 'count'
        ? formatNumber(value)
        : value,
    ]),
  );
  return hasText(key) ? text(key, values) : text('imports:unknownSentence', { code });
}
