import { ArrowLeftOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import {
  AutomationSubject,
  createAutomation,
  deleteAutomation,
  listAutomations,
  updateAutomation,
} from '@yingda/contract';
import type { AutomationInput, AutomationView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../lib/query.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { toast } from '../../../ui/toast.tsx';
import { aboutSubject, draftOf, emptyDraft, faultsOf } from '../model/draft.ts';
import { DryRunPart } from './dry-run.tsx';
import { IfPart } from './if-part.tsx';
import { PreviewPart } from './preview.tsx';
import { ThenPart } from './then-part.tsx';
import { WhenPart } from './when-part.tsx';

interface Drafting {
  draft: AutomationInput;
  set: (change: Partial<AutomationInput>) => void;
}

function About({ draft, set }: Drafting): ReactNode {
  const { t } = useTranslation('automations');
  return (
    <div className="yd-rule-about">
      <label className="yd-field">
        <span>
          {t('draft.name')} <em aria-hidden>*</em>
        </span>
        <input
          maxLength={120}
          placeholder={t('draft.nameHint')}
          value={draft.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      </label>
      <label className="yd-field">
        <span>{t('draft.note')}</span>
        <input
          maxLength={1000}
          placeholder={t('draft.noteHint')}
          value={draft.note}
          onChange={(event) => set({ note: event.target.value })}
        />
      </label>
      <fieldset className="yd-chips">
        <legend>{t('subject.title')}</legend>
        {AutomationSubject.options.map((subject) => (
          <label key={subject}>
            <input
              type="radio"
              name="subject"
              checked={subject === draft.subject}
              onChange={() => set(aboutSubject(draft, subject))}
            />
            {t(`subject.${subject}`)}
          </label>
        ))}
      </fieldset>
    </div>
  );
}

function useSaving(known: AutomationView | null, draft: AutomationInput, onSaved: () => void) {
  const { t } = useTranslation('automations');
  const done = {
    refreshes: [listAutomations],
    onDone: () => {
      toast.success(t('draft.saved'));
      onSaved();
    },
  };
  const create = useAct(createAutomation, done);
  const update = useAct(updateAutomation, done);
  // What the draft was made of: the list is read anew when a colleague saves, the draft is not.
  const [version] = useState(known?.version ?? 0);
  const act = known === null ? create : update;
  const save = (isActive: boolean): void => {
    const body = { ...draft, name: draft.name.trim(), isActive };
    if (known === null) create.mutate({ body });
    else update.mutate({ params: { id: known.id }, body: { ...body, version } });
  };
  return { save, isPending: act.isPending, error: act.error };
}

function Foot({
  known,
  draft,
  saving,
  onBack,
}: {
  known: AutomationView | null;
  draft: AutomationInput;
  saving: ReturnType<typeof useSaving>;
  onBack: () => void;
}): ReactNode {
  const { t } = useTranslation('automations');
  const remove = useAct(deleteAutomation, { refreshes: [listAutomations] });
  const faults = faultsOf(draft);
  const missing = faults.map(({ key, n }) => t(`draft.${key}`, { n })).join(t('comma'));
  const isReady = faults.length === 0;
  return (
    <footer className="yd-rule-foot">
      <FormProblem error={saving.error} />
      <div>
        {known !== null && (
          <ConfirmButton
            danger
            type="text"
            question={t('draft.deleteQuestion', { name: known.name })}
            consequence={t('draft.deleteHint')}
            deed={t('draft.delete')}
            onConfirm={async () => {
              await remove.mutateAsync({ params: { id: known.id } });
              toast.success(t('draft.deleted'));
              onBack();
            }}
          >
            {t('draft.delete')}
          </ConfirmButton>
        )}
        <span className="yd-rule-missing" role="status">
          {!isReady && t('draft.incomplete', { what: missing })}
        </span>
        <Button
          type={draft.isActive ? 'primary' : 'default'}
          disabled={!isReady}
          loading={saving.isPending}
          onClick={() => saving.save(draft.isActive)}
        >
          {t('draft.save')}
        </Button>
        {!draft.isActive && (
          <Button
            type="primary"
            disabled={!isReady}
            loading={saving.isPending}
            onClick={() => saving.save(true)}
          >
            {t('draft.saveOn')}
          </Button>
        )}
      </div>
    </footer>
  );
}

/** Builds a rule: when, if, then; beside it what it would have done. */
export function AutomationEditor({ known }: { known: AutomationView | null }): ReactNode {
  const { t } = useTranslation('automations');
  const navigate = useNavigate();
  const [draft, setDraft] = useState<AutomationInput>(() =>
    known === null ? emptyDraft : draftOf(known),
  );
  const [isDirty, setDirty] = useState(false);
  const set = (change: Partial<AutomationInput>): void => {
    setDirty(true);
    setDraft((before) => ({ ...before, ...change }));
  };
  const back = (): void => void navigate({ to: '/settings/automations' });
  const leave = (): void => {
    setDirty(false);
    // The guard lets go with the next drawing.
    setTimeout(back);
  };
  const saving = useSaving(known, draft, leave);
  const { subject, conditions, actions } = draft;
  return (
    <div className="yd-rule">
      <header>
        <Button
          type="text"
          icon={<ArrowLeftOutlined />}
          aria-label={t('back')}
          title={t('back')}
          onClick={back}
        />
        <h1>{known?.name ?? t('draft.new')}</h1>
      </header>
      <div className="yd-rule-main">
        <About draft={draft} set={set} />
        <WhenPart key={subject} draft={draft} onChange={(when) => set({ when })} />
        <IfPart
          subject={subject}
          conditions={conditions}
          onChange={(next) => set({ conditions: next })}
        />
        <ThenPart subject={subject} actions={actions} onChange={(next) => set({ actions: next })} />
        <label className="yd-field-check">
          <input
            type="checkbox"
            checked={draft.repeat === 'once'}
            onChange={(event) => set({ repeat: event.target.checked ? 'once' : 'always' })}
          />
          {t('draft.once')}
        </label>
      </div>
      <aside>
        <PreviewPart draft={draft} />
        <DryRunPart draft={draft} />
      </aside>
      <Foot known={known} draft={draft} saving={saving} onBack={leave} />
      <LeaveGuard dirty={isDirty} />
    </div>
  );
}
