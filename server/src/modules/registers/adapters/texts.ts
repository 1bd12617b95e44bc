import type { Locale } from '@yingda/contract';
import en from '@yingda/contract/register-texts/en' with { type: 'json' };
import zh from '@yingda/contract/register-texts/zh-CN' with { type: 'json' };
import { fill, textAt } from '../../reports/index.ts';

/** A text of the registers by its key, with values put in; the key itself where there is none. */
export type Say = (key: string, params?: Record<string, string | number>) => string;

export function textsIn(locale: Locale): Say {
  const tree = locale === 'en' ? en : zh;
  return (key, params = {}) => fill(textAt(tree, key) ?? key, params);
}
