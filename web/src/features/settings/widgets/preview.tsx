import { CommentOutlined, MinusOutlined, SendOutlined } from '@ant-design/icons';
import type { Locale, WidgetSettings, WidgetView } from '@yingda/contract';
import { Form, Segmented } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../lib/language.ts';

type Shown = 'draft' | 'real';

/** White or black, whichever is easier to read on the colour (WCAG relative luminance). */
function textOn(colour: string): string {
  const channel = (from: number): number => {
    const part = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return luminance > 0.183 ? '#111' : '#fff';
}

/** The window drawn from what the form says now, saved or not. */
function Drawn({ settings, locale }: { settings: WidgetSettings; locale: Locale }): ReactNode {
  const { t } = useTranslation('settings');
  const ink = { background: settings.colour, color: textOn(settings.colour) };
  const asks = settings.preChat.slice(0, 4);
  return (
    <div className="yd-drawn" data-side={settings.position} aria-hidden>
      <div className="yd-drawn-page">
        <i />
        <i />
        <i />
      </div>
      <div className="yd-drawn-window">
        <header style={ink}>
          <strong className="yd-ellipsis">{settings.title[locale]}</strong>
          <MinusOutlined />
        </header>
        <div className="yd-drawn-talk">
          <p>{settings.greeting[locale]}</p>
          {asks.map(({ key, label, required }) => (
            <label key={key}>
              {label[locale]}
              {required && ' *'}
              <span />
            </label>
          ))}
        </div>
        <footer>
          {t('widgets.previewWrite')}
          <SendOutlined style={{ color: settings.colour }} />
        </footer>
      </div>
      <span className="yd-drawn-button" style={ink}>
        <CommentOutlined />
      </span>
    </div>
  );
}

/** The preview: drawn while one writes, or the real window in the demonstration shop. */
export function Preview({
  widget,
  version,
}: {
  widget: WidgetView | null;
  /** Grows with every saving, so that the real window loads again. */
  version: number;
}): ReactNode {
  const { t } = useTranslation('settings');
  const [shown, setShown] = useState<Shown>('draft');
  const [locale, setLocale] = useState<Locale>(currentLanguage());
  const settings = Form.useWatch((values: { settings?: WidgetSettings }) => values.settings, {
    preserve: true,
  });
  return (
    <aside className="yd-widget-preview" aria-label={t('widgets.preview')}>
      <div className="yd-widget-preview-bar">
        <Segmented<Shown>
          size="small"
          aria-label={t('widgets.preview')}
          value={shown}
          options={[
            { value: 'draft', label: t('widgets.previewDraft') },
            { value: 'real', label: t('widgets.previewReal'), disabled: widget === null },
          ]}
          onChange={setShown}
        />
        <Segmented<Locale>
          size="small"
          aria-label={t('widgets.previewLanguage')}
          value={locale}
          options={[
            { value: 'zh-CN', label: t('widgets.short.zh-CN') },
            { value: 'en', label: t('widgets.short.en') },
          ]}
          onChange={setLocale}
        />
      </div>
      {shown === 'draft' && settings && <Drawn settings={settings} locale={locale} />}
      {shown === 'real' && widget && (
        <iframe
          key={`${version} ${locale}`}
          title={t('widgets.previewReal')}
          src={`/demo?key=${encodeURIComponent(widget.key)}&lang=${locale}`}
        />
      )}
      <p className="yd-soft">
        {t(shown === 'draft' ? 'widgets.previewDraftHint' : 'widgets.previewRealHint')}
      </p>
    </aside>
  );
}
