import type { Locale } from '@yingda/contract';
import i18next from 'i18next';
import type { BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { preferredLanguage, rememberLanguage } from './language.ts';

type Catalogue = { default: Record<string, unknown> };
const catalogues = import.meta.glob<Catalogue>('../../locales/*/*.json');
/** Texts that the server writes too (reports, mails) stand in the contract. */
const shared = import.meta.glob<Catalogue>('../../../contract/src/*-texts/*.json');
const sharedFolders: Record<string, string> = {
  standards: 'kpi-texts',
  'import-texts': 'import-texts',
};

/** Each catalogue is a file of its own, fetched when a page first needs it in a language. */
const files: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, name, done) => {
    const load =
      catalogues[`../../locales/${language}/${name}.json`] ??
      shared[`../../../contract/src/${sharedFolders[name] ?? name}/${language}.json`];
    if (!load) return done(new Error(`No catalogue ${language}/${name}`), null);
    load().then(
      (catalogue) => done(null, catalogue.default),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
    );
  },
};

/** Starts the texts with what every page needs and `more`; call once before the first render. */
export async function startTexts(more: readonly string[] = []): Promise<void> {
  const language = preferredLanguage();
  rememberLanguage(language);
  await i18next
    .use(files)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      ns: ['common', 'problems', ...more],
      defaultNS: 'common',
      load: 'currentOnly',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
}

/** Fetches the catalogues of a feature before its page is shown; for route loaders. */
export async function loadTexts(...names: string[]): Promise<void> {
  await i18next.loadNamespaces(names);
}

/** Shows everything in another language from now on. */
export async function changeLanguage(language: Locale): Promise<void> {
  if (i18next.language === language) return;
  await i18next.changeLanguage(language);
  rememberLanguage(language);
}

/** Text outside of components; inside them use `useTranslation` of react-i18next. */
export function text(key: string, values?: Record<string, unknown>): string {
  return i18next.t(key, values ?? {});
}

/** Whether the current language has this key: for codes that come from the server. */
export function hasText(key: string): boolean {
  return i18next.exists(key);
}
