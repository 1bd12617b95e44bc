import { Locale } from '@yingda/contract';

const stored = 'yingda.language';

/** The language the page is shown in now; also sent with every call. */
export function currentLanguage(): Locale {
  return Locale.safeParse(document.documentElement.lang).data ?? 'zh-CN';
}

/** What this browser used last, else what the browser asks for: Chinese of any kind is zh-CN, all else English. */
export function preferredLanguage(): Locale {
  const kept = Locale.safeParse(localStorage.getItem(stored));
  if (kept.success) return kept.data;
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('zh')) ? 'zh-CN' : 'en';
}

/** Remembers the language for pages shown before anybody is signed in. */
export function rememberLanguage(language: Locale): void {
  document.documentElement.lang = language;
  localStorage.setItem(stored, language);
}
