import en from '../../locales/en.json';
import zh from '../../locales/zh-CN.json';
import type { Locale } from '../chat/types.ts';

type Catalogue = typeof en;
type Section = keyof Catalogue;
/** `section.name` of every text. */
export type TextKey = { [S in Section]: `${S}.${keyof Catalogue[S] & string}` }[Section];

const catalogues: Record<Locale, Record<string, Record<string, string>>> = { en, 'zh-CN': zh };

/** The first of the given language tags that is spoken; Chinese in every script is answered in Chinese. */
export function localeOf(tags: readonly (string | null | undefined)[]): Locale {
  for (const tag of tags) {
    if (/^zh\b/i.test(tag ?? '')) return 'zh-CN';
    if (/^en\b/i.test(tag ?? '')) return 'en';
  }
  return 'en';
}

export type Translate = (key: TextKey, values?: Record<string, string | number>) => string;

export function translator(locale: Locale): Translate {
  return (key, values = {}) => {
    const [section = '', name = ''] = key.split('.');
    const text = catalogues[locale][section]?.[name] ?? key;
    return text.replaceAll(/\{(\w+)\}/g, (whole, slot: string) => String(values[slot] ?? whole));
  };
}

/** The text of a problem code, or one that fits any problem. */
export function problemText(t: Translate, code: string): string {
  const key = `problem.${code.replaceAll('.', '_')}`;
  const text = t(key as TextKey);
  return text === key ? t('problem.other') : text;
}
