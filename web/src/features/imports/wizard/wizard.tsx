import { ArrowLeftOutlined, ExclamationCircleFilled } from '@ant-design/icons';
import { getOrganisation, listImports, startImport } from '@yingda/contract';
import type { ImportMapping, InspectionView } from '@yingda/contract';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { browserZone } from '../../../lib/format.ts';
import { refresh, useCall } from '../../../lib/query.ts';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Bones } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { FileProblem } from '../parts.tsx';
import { sayText } from '../sentence.ts';
import { ColumnChips, Columns } from './columns.tsx';
import { DropZone } from './drop-zone.tsx';
import { FileList } from './file-list.tsx';
import { Preview } from './preview.tsx';
import { Recognised } from './recognised.tsx';
import { SavedMappings } from './saved-mappings.tsx';
import { useHandedFiles } from './handed-files.ts';
import { usePlan } from './use-plan.ts';
import type { Plan } from './use-plan.ts';
import { useUploads } from './use-uploads.ts';
import type { Uploads } from './use-uploads.ts';
import { MoreOptions, ValueMaps } from './values.tsx';

/** What somebody must decide before the import can begin, in sentences. */
function questionsOf(plan: Plan, ask: (open: Plan['undecided'][number]) => string): string[] {
  if (plan.undecided.length > 0) return plan.undecided.map(ask);
  return (plan.preview?.questions ?? []).map(sayText);
}

function Questions({ plan }: { plan: Plan }): ReactNode {
  const { t } = useTranslation('imports');
  const questions = questionsOf(plan, (open) => {
    if (open.code === 'format') return t('questions.format', { header: open.header });
    if (open.code === 'no_arrival') return t('questions.no_arrival');
    return t('questions.outcomes', { values: open.values.slice(0, 5).join(t('listMark')) });
  });
  if (questions.length === 0) return null;
  return (
    <div className="yd-questions" role="alert">
      <ExclamationCircleFilled aria-hidden />
      <div>
        <strong>{t('questions.title', { count: questions.length })}</strong>
        <ul>
          {questions.map((question) => (
            <li key={question}>{question}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

interface Parts {
  inspection: InspectionView;
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
}

/** What the columns and their values mean; in one look where a known mapping fits and nothing is open. */
function TableParts({ plan, parts }: { plan: Plan; parts: Parts }): ReactNode {
  const { t } = useTranslation('imports');
  const [opened, setOpened] = useState(false);
  const isOpen = opened || parts.inspection.matched === null || plan.undecided.length > 0;
  return (
    <>
      <section className="yd-part">
        <header>
          <h2>{t('columns.title')}</h2>
          <span className="yd-part-deeds">
            <SavedMappings {...parts} />
            {!isOpen && <Button onClick={() => setOpened(true)}>{t('columns.change')}</Button>}
          </span>
        </header>
        {isOpen ? <Columns {...parts} /> : <ColumnChips {...parts} />}
      </section>
      {isOpen && <ValueMaps {...parts} />}
      {isOpen && <MoreOptions {...parts} />}
    </>
  );
}

function Check({ plan }: { plan: Plan }): ReactNode {
  const { inspection, mapping } = plan;
  if (plan.inspectError) return <FileProblem error={plan.inspectError} retry={plan.retry} />;
  if (!inspection) return plan.inspecting ? <Bones rows={8} /> : null;
  const parts = mapping && { inspection, mapping, onChange: plan.setMapping };
  return (
    <>
      <Recognised plan={plan} inspection={inspection} />
      <Questions plan={plan} />
      {parts && <TableParts key={inspection.file.id} plan={plan} parts={parts} />}
      <Preview plan={plan} />
    </>
  );
}

/** Leads to the first field that must be decided; without one, to the questions. */
function goToFirstOpen(): void {
  const field = document.querySelector<HTMLElement>('.yd-wizard .ant-select-status-error input');
  const place = field ?? document.querySelector<HTMLElement>('.yd-questions');
  place?.scrollIntoView({ block: 'center' });
  field?.focus();
}

/** The foot of the wizard: what is still missing, and the button that begins. */
function Foot({ plan, uploads }: { plan: Plan; uploads: Uploads }): ReactNode {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const { input, preview } = plan;
  const isAsked = (preview?.questions.length ?? 0) > 0;
  const mayStart = input !== null && !uploads.busy && !isAsked && !plan.inspecting;
  const begin = async (): Promise<void> => {
    if (!input) return;
    setBusy(true);
    try {
      const { id } = await call(startImport, { body: input });
      await refresh(listImports);
      await navigate({ to: '/settings/imports/$importId', params: { importId: id } });
    } catch (error) {
      toast.problem(error);
      setBusy(false);
    }
  };
  return (
    <footer className="yd-wizard-foot">
      {mayStart || uploads.busy || plan.previewing ? (
        <span className="yd-soft">{t(mayStart ? 'wizard.ready' : 'wizard.waitForFiles')}</span>
      ) : (
        <Button type="link" onClick={goToFirstOpen}>
          {t('wizard.undecided')}
        </Button>
      )}
      <Button
        type="primary"
        size="large"
        disabled={!mayStart}
        loading={busy}
        onClick={() => void begin()}
      >
        {t('wizard.begin')}
      </Button>
    </footer>
  );
}

/** From a file to its import: choose it, look at what was recognised, begin. */
export function Wizard(): ReactNode {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const uploads = useUploads();
  useHandedFiles(uploads.add);
  const organisation = useCall(getOrganisation).data;
  const plan = usePlan(uploads.done, organisation?.timeZone ?? browserZone());
  const hasFiles = uploads.items.length > 0;
  return (
    <div className="yd-wizard">
      <Button
        type="link"
        className="yd-back"
        icon={<ArrowLeftOutlined />}
        onClick={() => void navigate({ to: '/settings/imports' })}
      >
        {t('title')}
      </Button>
      <PageHeader title={t('wizard.title')} hint={t('wizard.hint')} />
      {hasFiles && <FileList uploads={uploads} />}
      <DropZone small={hasFiles} onFiles={uploads.add} />
      {uploads.done.length > 0 && <Check plan={plan} />}
      {uploads.done.length > 0 && <Foot plan={plan} uploads={uploads} />}
      <LeaveGuard dirty={uploads.busy} />
    </div>
  );
}
