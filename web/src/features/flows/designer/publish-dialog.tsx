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
  /** What the draft is compared with; null: there is nothing yet. */
  against: FlowView | null;
  /** What a colleague saved meanwhile, not what is published. */
  isTheirs: boolean;
  draft: Draft;
  words: Words;
  openOrders: number;
  /** Null: only to look at. */
  publish: (() => Promise<void>) | null;
  busy: boolean;
  error: unknown;
  onClose: () => void;
}

/** What publishing changes, and the button that does it; or what is otherwise than what a colleague saved. */
export function PublishDialog(props: PublishDialogProps): ReactNode {
  const { against, isTheirs, draft, words, openOrders, publish, busy, error, onClose } = props;
  const { t } = useTranslation('flows');
  const title = useId();
  const name = t(isTheirs ? 'compare.theirs' : 'compare.title');
  const lead = isTheirs ? 'compare.againstTheirs' : 'compare.against';
  return (
    <Dialog label={name} className="yd-flow-publish" onClose={onClose}>
      <header>
        <h2 id={title}>{name}</h2>
        <p>{against ? t(lead, { version: against.version }) : t('compare.first')}</p>
      </header>
      {/* It scrolls, so the keyboard must reach it. */}
      <div className="yd-flow-publish-body" role="region" aria-labelledby={title} tabIndex={0}>
        {against ? (
          <Changes before={against} after={draft} words={words} />
        ) : (
          <p className="yd-soft">{t('compare.firstHint')}</p>
        )}
      </div>
      <footer>
        <FormProblem error={error} />
        {openOrders > 0 && !isTheirs && (
          <p className="yd-soft">{t('compare.open', { count: openOrders })}</p>
        )}
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
