import type { CustomFieldView } from '@yingda/contract';

/** What was typed as a value of the field's kind: null for nothing, undefined when it is none of that kind. */
export function parseField(
  kind: CustomFieldView['kind'],
  typed: string,
): string | number | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  if (kind === 'number') {
    const value = Number(text.replace(',', '.'));
    return Number.isFinite(value) ? value : undefined;
  }
  return text;
}
