import type { RegisterColumn, RegisterKey } from '@yingda/contract';
import { useTranslation } from 'react-i18next';
import type { CellWords } from '../model/cells.ts';

/** Titles and words of the columns, in the language of the page. */
export function useRegisterWords(register: RegisterKey, zone: string, currency: string) {
  const { t } = useTranslation('register-texts');
  const words: CellWords = {
    word: (column, value) => t(`words.${column}.${value}`, { defaultValue: value }),
    zone,
    currency,
  };
  const title = ({ key }: RegisterColumn): string =>
    t(key === 'at' ? `columns.at.${register}` : `columns.${key}`);
  return { words, title };
}
