import {
  AutomationSubject,
  createMacro,
  deleteMacro,
  listMacros,
  updateMacro,
  actionsOf,
} from '@yingda/contract';
import type { MacroInput, MacroView } from '@yingda/contract';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../lib/query.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { LeaveGuard, LeaveQuestion } from '../../../ui/leave-guard.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useTeams } from '../data.ts';
import { Select } from '../editor/parts.tsx';
import { ActionList } from '../editor/then-part.tsx';
import { isActionComplete } from '../model/draft.ts';

const emptyMacro: MacroInput = { name: '', note: '', subject: 'order', actions: [], teamId: null };

interface Drafting {
  draft: MacroInput;
  set: (change: Partial<MacroInput>) => void;
}

function Fields({ draft, set }: Drafting): ReactNode {
  const { t } = useTranslation('automations');
  const teams = useTeams();
  const { name, note, subject, actions, teamId } = draft;
  return (
    <>
      <label className="yd-field">
        <span>
          {t('draft.name')} <em aria-hidden>*</em>
        </span>
        <input
          maxLength={120}
          value={name}
          onChange={(event) => set({ name: event.target.value })}
        />
      </label>
      <label className="yd-field">
        <span>{t('draft.note')}</span>
        <input
          maxLength={1000}
          value={note}
          onChange={(event) => set({ note: event.target.value })}
        />
      </label>
      <div className="yd-field-row">
        <Select
          label={t('subject.title')}
          options={AutomationSubject.options.map((value) => ({
            value,
            label: t(`subject.${value}`),
          }))}
          value={subject}
          onChange={(value) => {
            const next = value === 'conversation' ? 'conversation' : 'order';
            set({
              subject: next,
              actions: actions.filter(({ kind }) => actionsOf[next].includes(kind)),
            });
          }}
        />
        <Select
          label={t('macro.team')}
          options={teams}
          none={t('macro.everybody')}
          value={teamId ?? ''}
          onChange={(id) => set({ teamId: id || null })}
        />
      </div>
      <ActionList
        key={subject}
        subject={subject}
        actions={actions}
        onChange={(next) => set({ actions: next })}
      />
    </>
  );
}

function useKeeping(known: MacroView | null, onClose: () => void) {
  const { t } = useTranslation('automations');
  const done = {
    refreshes: [listMacros],
    onDone: () => {
      toast.success(t('draft.saved'));
      onClose();
    },
  };
  const create = useAct(createMacro, done);
  const update = useAct(updateMacro, done);
  const act = known === null ? create : update;
  return {
    isPending: act.isPending,
    error: act.error,
    save: (body: MacroInput): void => {
      if (known === null) create.mutate({ body });
      else update.mutate({ params: { id: known.id }, body: { ...body, version: known.version } });
    },
  };
}

/** A macro at the edge of the page. */
export function MacroEditor({
  known,
  onClose,
}: {
  known: MacroView | null;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('automations');
  const [draft, setDraft] = useState<MacroInput>(() => {
    if (known === null) return emptyMacro;
    const { name, note, subject, actions, teamId } = known;
    return { name, note, subject, actions, teamId };
  });
  const [isDirty, setDirty] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const keeping = useKeeping(known, onClose);
  const remove = useAct(deleteMacro, { refreshes: [listMacros] });
  const leave = (): void => (isDirty ? setAsking(true) : onClose());
  const isReady =
    draft.name.trim() !== '' && draft.actions.length > 0 && draft.actions.every(isActionComplete);
  return (
    <Drawer
      open
      title={known === null ? t('macro.create') : t('macro.edit')}
      size="min(600px, 100vw)"
      onClose={leave}
      footer={
        <div className="yd-drawer-foot">
          {known !== null && (
            <ConfirmButton
              danger
              type="text"
              question={t('draft.deleteQuestion', { name: known.name })}
              consequence={t('macro.deleteHint')}
              deed={t('draft.delete')}
              onConfirm={async () => {
                await remove.mutateAsync({ params: { id: known.id } });
                onClose();
              }}
            >
              {t('draft.delete')}
            </ConfirmButton>
          )}
          <span className="yd-bar-space" />
          <Button onClick={leave}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            disabled={!isReady}
            loading={keeping.isPending}
            onClick={() => keeping.save({ ...draft, name: draft.name.trim() })}
          >
            {t('common:save')}
          </Button>
        </div>
      }
    >
      <div className="yd-macro">
        <FormProblem error={keeping.error} />
        <Fields
          draft={draft}
          set={(change) => {
            setDirty(true);
            setDraft((before) => ({ ...before, ...change }));
          }}
        />
      </div>
      <LeaveGuard dirty={isDirty && !keeping.isPending} />
      <LeaveQuestion open={isAsking} onStay={() => setAsking(false)} onDiscard={onClose} />
    </Drawer>
  );
}
