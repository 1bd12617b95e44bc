import type { Locale } from '@yingda/contract';
import en from '../../locales/en.json';
import zh from '../../locales/zh-CN.json';
import { keep, kept } from './storage.ts';

type Catalogue = typeof en;
type Section = keyof Catalogue;
/** `section.name` of every text. */
export type TextKey = { [S in Section]: `${S}.${keyof Catalogue[S] & string}` }[Section];
export type Translate = (key: TextKey, values?: Record<string, string | number>) => string;

const catalogues: Record<Locale, Record<string, Record<string, string>>> = { en, 'zh-CN': zh };
const LANGUAGE = 'yingda.language';

/** The language chosen here, else that of the browser, else that of the organisation. */
export function languageOf(
  tags: readonly string[],
  { chosen, fallback }: { chosen: string | null; fallback: Locale },
): Locale {
  for (const tag of [chosen ?? '', ...tags]) {
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return fallback;
}

export function ownLanguage(fallback: Locale): Locale {
  return languageOf(navigator.languages, { chosen: kept(LANGUAGE), fallback });
}

export function chooseLanguage(locale: Locale): void {
  keep(LANGUAGE, locale);
}

export function translator(locale: Locale): Translate {
  return (key, values = {}) => {
    const [section = '', name = ''] = key.split('.');
    const text = catalogues[locale][section]?.[name] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, slot: string) => String(values[slot] ?? whole));
  };
}

/** The text of a problem code, or one that fits any problem. */
export function problemText(t: Translate, code: string): string {
  const key = `problem.${code.replace('.', '_')}`;
  const text = t(key as TextKey);
  return text === key ? t('problem.other') : text;
}

export function formatDate(locale: Locale, at: string): string {
  return new Date(at).toLocaleDateString(locale, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  });
}

export function formatTime(locale: Locale, at: string): string {
  return new Date(at).toLocaleString(locale, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
}
