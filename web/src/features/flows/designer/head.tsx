import {
  ArrowLeftOutlined,
  CheckCircleOutlined,
  DiffOutlined,
  DownOutlined,
  ExclamationCircleFilled,
  RedoOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import type { FlowView } from '@yingda/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../lib/format.ts';
import { say } from '../../../lib/wording.ts';
import { Tag } from '../../../ui/data-table.tsx';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import type { FlowFamily } from '../data/flows.ts';
import { placeOf } from '../model/faults.ts';
import { useScene } from './scene.ts';
import type { Saving } from './use-saving.ts';

export interface HeadProps {
  family: FlowFamily;
  saving: Saving;
  /** A version that is only looked at. */
  viewed: FlowView | null;
  view: (id: string | null) => void;
  onCompare: () => void;
  onPublish: () => void;
  onSave: () => void;
}

const tones = { draft: 'amber', published: 'green', retired: 'grey' } as const;

/** Which version it is, and the way to the others. */
function Versions({ family, viewed, view }: HeadProps): ReactNode {
  const { t } = useTranslation('flows');
  const { draft, published, versions } = family;
  const shown = viewed ?? draft ?? published;
  const items = versions.map((flow) => ({
    key: flow.id,
    checked: flow.id === shown?.id,
    label: (
      <span className="yd-flow-version">
        {t('version', { version: flow.version })}
        <Tag tone={tones[flow.state]}>{t(`state.${flow.state}`)}</Tag>
        <small className="yd-figures">
          {formatDate(flow.createdAt)}
          {flow.openOrders > 0 && ` · ${t('card.open', { count: flow.openOrders })}`}
        </small>
      </span>
    ),
  }));
  const working = draft ?? published;
  return (
    <Menu items={items} onChoose={(id) => view(id === working?.id ? null : id)}>
      <button type="button" className="yd-flow-state" aria-label={t('do.versions')}>
        {shown && <Tag tone={tones[shown.state]}>{t(`state.${shown.state}`)}</Tag>}
        <span className="yd-figures">{shown && t('version', { version: shown.version })}</span>
        <DownOutlined aria-hidden />
      </button>
    </Menu>
  );
}

/** What keeps it from being published; opens the next place that is wrong. */
function Soundness({ isNews }: { isNews: boolean }): ReactNode {
  const { t } = useTranslation('flows');
  const { faults, draft, chosen, choose } = useScene();
  if (faults.length === 0) {
    return (
      isNews && (
        <span className="yd-flow-sound">
          <CheckCircleOutlined aria-hidden />
          <span>{t('sound')}</span>
        </span>
      )
    );
  }
  const places = faults.map(({ path }) => placeOf(path));
  const next = (): void => {
    const now = places.findIndex(
      ({ step, move }) =>
        step !== null &&
        draft.definition.steps[step]?.key === chosen?.step &&
        (move ?? undefined) === chosen?.move,
    );
    const place = places[(now + 1) % places.length];
    const step = place?.step == null ? undefined : draft.definition.steps[place.step];
    choose(step ? { step: step.key, move: place?.move ?? undefined } : null);
  };
  return (
    <button type="button" className="yd-flow-unsound" title={t('faultsHint')} onClick={next}>
      <ExclamationCircleFilled aria-hidden />
      {t('faults', { count: faults.length })}
    </button>
  );
}

function Deeds({ family, saving, onCompare, onPublish, onSave }: HeadProps): ReactNode {
  const { t } = useTranslation('flows');
  const { faults } = useScene();
  const { isDirty, busy } = saving;
  const isNews = isDirty || family.draft !== null;
  return (
    <>
      <Soundness isNews={isNews} />
      <span className="yd-flow-history">
        <Button
          type="text"
          icon={<UndoOutlined />}
          title={t('do.undo')}
          aria-label={t('do.undo')}
          disabled={!saving.canUndo}
          onClick={saving.undo}
        />
        <Button
          type="text"
          icon={<RedoOutlined />}
          title={t('do.redo')}
          aria-label={t('do.redo')}
          disabled={!saving.canRedo}
          onClick={saving.redo}
        />
        {family.published && isNews && (
          <Button
            type="text"
            icon={<DiffOutlined />}
            title={t('do.compare')}
            aria-label={t('do.compare')}
            onClick={onCompare}
          />
        )}
      </span>
      {family.draft && (
        <ConfirmButton
          type="text"
          danger
          className="yd-flow-discard"
          question={t('discardQuestion')}
          consequence={t(family.published ? 'discardConsequence' : 'discardOnly')}
          deed={t('do.discard')}
          onConfirm={saving.discard}
        >
          {t('do.discard')}
        </ConfirmButton>
      )}
      <Button disabled={!isDirty} loading={busy} onClick={onSave}>
        {t('do.save')}
      </Button>
      <Button
        type="primary"
        disabled={!isNews || faults.length > 0 || busy}
        title={faults.length > 0 ? t('faultsHint') : ''}
        onClick={onPublish}
      >
        {t('do.publish')}
      </Button>
    </>
  );
}

/** Name and state of the flow, and what can be done with it as a whole. */
export function DesignerHead(props: HeadProps): ReactNode {
  const { t } = useTranslation('flows');
  const { draft } = useScene();
  const { viewed, view, saving } = props;
  return (
    <header className="yd-flow-head">
      <Link to="/settings/flows" className="yd-flow-back" aria-label={t('back')} title={t('back')}>
        <ArrowLeftOutlined aria-hidden />
      </Link>
      <h1 className="yd-ellipsis">{say(draft.name)}</h1>
      <Versions {...props} />
      {saving.isDirty && viewed === null && <span className="yd-flow-unsaved">{t('unsaved')}</span>}
      <span className="yd-bar-space" />
      {viewed ? (
        <Button type="primary" onClick={() => view(null)}>
          {t('do.edit')}
        </Button>
      ) : (
        <Deeds {...props} />
      )}
    </header>
  );
}
