import { useTranslation } from 'react-i18next';
import type { WidgetValues } from './widget-editor.tsx';

/** What a new chat window starts with, in both languages whatever language the administrator reads. */
export function useDefaults(): Partial<WidgetValues> {
  const { t } = useTranslation('settings');
  const both = (name: string): { 'zh-CN': string; en: string } => ({
    'zh-CN': t(`widgets.default.${name}.zh-CN`),
    en: t(`widgets.default.${name}.en`),
  });
  return {
    settings: {
      colour: '#0f766e',
      position: 'right',
      title: both('title'),
      greeting: both('greeting'),
      preChat: [],
      whenClosed: 'form',
      closedText: both('closedText'),
      allowedOrigins: [],
      requireIdentity: false,
    },
  };
}
