import type { Locale, Preferences } from '@yingda/contract';
import { ConfigProvider, theme as antTheme } from 'antd';
import type { ThemeConfig } from 'antd';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { applyPalette, dark, light, monoFonts, pageFonts, size } from './tokens.ts';

export type Scheme = 'light' | 'dark';
type Choice = NonNullable<Preferences['theme']>;
const stored = 'yingda.theme';
const media = window.matchMedia('(prefers-color-scheme: dark)');
const still = window.matchMedia('(prefers-reduced-motion: reduce)');
const hearers = new Set<() => void>();
let choice: Choice = keptChoice();

function keptChoice(): Choice {
  const kept = localStorage.getItem(stored);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

function schemeNow(): Scheme {
  return choice === 'system' ? (media.matches ? 'dark' : 'light') : choice;
}

function show(): void {
  applyPalette(schemeNow() === 'dark' ? dark : light, schemeNow());
  for (const hear of hearers) hear();
}
media.addEventListener('change', show);

/** Paints the page before the first render, so that nobody sees a flash of the other scheme. */
export function startTheme(): void {
  show();
}

/** Chooses the look from now on; this browser remembers it for pages shown before sign-in. */
export function chooseTheme(next: Choice): void {
  choice = next;
  localStorage.setItem(stored, next);
  show();
}

function subscribe(hear: () => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

/** The scheme shown now. */
export function useScheme(): Scheme {
  return useSyncExternalStore(subscribe, schemeNow);
}

/** What was chosen: light, dark, or what the system says. */
export function useThemeChoice(): Choice {
  return useSyncExternalStore(subscribe, () => choice);
}

function themeOf(scheme: Scheme): ThemeConfig {
  const palette = scheme === 'dark' ? dark : light;
  const fill = {
    colorPrimary: palette.accentFill,
    colorPrimaryHover: palette.accentFillHover,
    colorPrimaryActive: palette.accentFill,
  };
  return {
    algorithm: scheme === 'dark' ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    hashed: false,
    token: {
      colorPrimary: palette.accentText,
      colorInfo: palette.blue,
      colorError: palette.red,
      colorWarning: palette.amber,
      colorSuccess: palette.green,
      // Grounds that the library reckons from dark tones come out muddy.
      colorInfoBg: palette.blueSoft,
      colorErrorBg: palette.redSoft,
      colorWarningBg: palette.amberSoft,
      colorSuccessBg: palette.greenSoft,
      colorLink: palette.accentText,
      colorText: palette.text,
      colorTextSecondary: palette.textSoft,
      colorTextTertiary: palette.textFaint,
      colorTextDescription: palette.textSoft,
      colorTextPlaceholder: palette.textFaint,
      colorBgLayout: palette.page,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.raised,
      colorBorder: palette.lineStrong,
      colorBorderSecondary: palette.line,
      colorSplit: palette.line,
      controlItemBgActive: palette.accentSoft,
      controlItemBgHover: palette.hover,
      fontFamily: pageFonts,
      fontFamilyCode: monoFonts,
      fontSize: size.font,
      borderRadius: size.radius,
      controlHeight: size.control,
      motionDurationSlow: '0.15s',
      motionDurationMid: '0.12s',
      motionDurationFast: '0.08s',
      motion: !still.matches,
      wireframe: false,
    },
    components: {
      Button: { ...fill, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Checkbox: fill,
      Radio: fill,
      Switch: fill,
      Table: { cellPaddingBlockMD: 9, cellFontSizeMD: size.denseFont, headerBg: 'transparent' },
      Form: { itemMarginBottom: 20, verticalLabelPadding: '0 0 4px' },
      Modal: { titleFontSize: 16 },
      Segmented: { trackBg: palette.track, itemSelectedBg: palette.surface },
    },
  };
}

const locales: Record<Locale, () => Promise<{ default: unknown }>> = {
  'zh-CN': () => import('antd/es/locale/zh_CN'),
  en: () => import('antd/es/locale/en_US'),
};
type AntLocale = NonNullable<Parameters<typeof ConfigProvider>[0]['locale']>;

function useAntLocale(): AntLocale | undefined {
  const { i18n } = useTranslation();
  const language: Locale = i18n.language === 'en' ? 'en' : 'zh-CN';
  const [locale, setLocale] = useState<AntLocale>();
  useEffect(() => {
    let current = true;
    void locales[language]().then((module) => {
      if (current) setLocale(module.default as AntLocale);
    });
    return () => {
      current = false;
    };
  }, [language]);
  return locale;
}

/** Gives Ant Design its look and language. */
export function ThemeProvider({ children }: { children: ReactNode }): ReactNode {
  const scheme = useScheme();
  const locale = useAntLocale();
  const [themes] = useState(() => ({ light: themeOf('light'), dark: themeOf('dark') }));
  return (
    <ConfigProvider
      theme={themes[scheme]}
      {...(locale ? { locale } : {})}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      form={{ requiredMark: false, scrollToFirstError: true }}
    >
      {children}
    </ConfigProvider>
  );
}
