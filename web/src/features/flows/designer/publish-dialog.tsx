import type { FlowView } from '@yingda/contract';
import { Button } from 'antd';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import type { Draft } from '../model/edit.ts';
import { Changes } from '../parts/changes.tsx';
import type { Words } from '../parts/use-words.ts';

interface PublishDialogProps {
  published: FlowView | null;
  draft: Draft;
  words: Words;
  openOrders: number;
  /** Null: only to look at. */
  publish: (() => Promise<void>) | null;
  busy: boolean;
  error: unknown;
  onClose: () => void;
}

/** What publishing changes, and the button that does it. */
export function PublishDialog(props: PublishDialogProps): ReactNode {
  const { published, draft, words, openOrders, publish, busy, error, onClose } = props;
  const { t } = useTranslation('flows');
  const title = useId();
  return (
    <Dialog label={t('compare.title')} className="yd-flow-publish" onClose={onClose}>
      <header>
        <h2 id={title}>{t('compare.title')}</h2>
        <p>
          {published ? t('compare.against', { version: published.version }) : t('compare.first')}
        </p>
      </header>
      {/* It scrolls, so the keyboard must reach it. */}
      <div className="yd-flow-publish-body" role="region" aria-labelledby={title} tabIndex={0}>
        {published ? (
          <Changes before={published} after={draft} words={words} />
        ) : (
          <p className="yd-soft">{t('compare.firstHint')}</p>
        )}
      </div>
      <footer>
        <FormProblem error={error} />
        {openOrders > 0 && <p className="yd-soft">{t('compare.open', { count: openOrders })}</p>}
        <span className="yd-bar-space" />
        <Button onClick={onClose}>{t(publish ? 'common:cancel' : 'common:close')}</Button>
        {publish && (
          <Button type="primary" loading={busy} onClick={() => void publish()}>
            {t('do.publish')}
          </Button>
        )}
      </footer>
    </Dialog>
  );
}
