import type { WidgetView } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyBox } from '../../../ui/copy.tsx';
import { scriptTag } from './code-samples.ts';
import { Part } from './part.tsx';

/** The one line for the pages of the site. */
export function Install({ widget }: { widget: WidgetView }): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <Part title={t('widgets.install')} hint={t('widgets.installHint')}>
      <CopyBox text={scriptTag(location.origin, widget.key)} label={t('widgets.install')} />
      <p className="yd-widget-try">
        <a href={`/demo?key=${encodeURIComponent(widget.key)}`} target="_blank" rel="noreferrer">
          {t('widgets.tryIt')}
        </a>
      </p>
    </Part>
  );
}
