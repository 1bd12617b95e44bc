import { useNavigate } from '@tanstack/react-router';
import { analyseComplaints, openImprovement } from '@yingda/contract';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../lib/query.ts';
import { say } from '../../../lib/wording.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { toast } from '../../../ui/toast.tsx';
import type { ComplaintSearch, Dates } from '../model/search.ts';
import { useCategories, useDepartments } from './data.ts';

interface Choice {
  id: string;
  name: string;
}

function Select({
  label,
  choices,
  value,
  none,
  onChange,
}: {
  label: string;
  choices: readonly Choice[];
  value: string;
  none?: string;
  onChange: (id: string) => void;
}): ReactNode {
  return (
    <label className="yd-field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {choices.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface Values {
  subject: string;
  plan: string;
  departmentId: string;
  /** Null: the usual one. */
  categoryId: string | null;
}
interface Filling {
  cause: string;
  values: Values;
  set: (change: Partial<Values>) => void;
}

function Texts({ cause, values, set }: Filling): ReactNode {
  const { t } = useTranslation('registers');
  return (
    <>
      <label className="yd-field">
        <span>{t('complaints.improvement.subject')}</span>
        <input
          maxLength={200}
          placeholder={t('complaints.improvement.subjectHint', { cause })}
          value={values.subject}
          onChange={(event) => set({ subject: event.target.value })}
        />
      </label>
      <label className="yd-field">
        <span>{t('complaints.improvement.plan')}</span>
        <textarea
          // The dialog is opened to fill it in.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          rows={4}
          maxLength={10_000}
          placeholder={t('complaints.improvement.planHint')}
          value={values.plan}
          onChange={(event) => set({ plan: event.target.value })}
        />
      </label>
    </>
  );
}

/** Opens an order for improving what causes complaints. */
export function ImprovementDialog({
  cause,
  search,
  dates,
  onClose,
}: {
  cause: string;
  search: ComplaintSearch;
  dates: Dates;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('registers');
  const navigate = useNavigate();
  const departments = useDepartments();
  const categories = useCategories().filter(({ retired }) => !retired);
  // An improvement is no complaint: it goes the way of the house.
  const usual = categories.findLast(({ isComplaint }) => !isComplaint) ?? categories[0];
  const [values, setValues] = useState<Values>({
    subject: '',
    plan: '',
    departmentId: search.departmentId ?? '',
    categoryId: null,
  });
  const set = (change: Partial<Values>): void => setValues((before) => ({ ...before, ...change }));
  const open = useAct(openImprovement, {
    refreshes: [analyseComplaints],
    onDone: ({ number, orderId }) => {
      toast.success(t('complaints.improvement.done', { number }), {
        label: t('open.order'),
        run: () => void navigate({ to: '/orders/$orderId', params: { orderId }, search: {} }),
      });
      onClose();
    },
  });
  const categoryId = values.categoryId ?? usual?.id ?? '';
  const subject = values.subject.trim();
  const body = {
    cause,
    ...dates.period,
    categoryId,
    departmentId: values.departmentId || null,
    product: search.product ?? '',
    ...(subject === '' ? {} : { subject }),
    plan: values.plan.trim(),
  };
  return (
    <FormDialog
      title={t('complaints.improvement.about', { cause })}
      hint={t('complaints.improvement.hint')}
      deed={t('complaints.improvement.deed')}
      busy={open.isPending}
      error={open.error}
      disabled={categoryId === ''}
      onSubmit={() => open.mutate({ body })}
      onClose={onClose}
    >
      <Texts cause={cause} values={values} set={set} />
      <div className="yd-field-row">
        <Select
          label={t('complaints.improvement.department')}
          choices={departments}
          value={values.departmentId}
          none={t('complaints.improvement.noDepartment')}
          onChange={(departmentId) => set({ departmentId })}
        />
        <Select
          label={t('complaints.improvement.category')}
          choices={categories.map(({ id, name }) => ({ id, name: say(name) }))}
          value={categoryId}
          onChange={(id) => set({ categoryId: id })}
        />
      </div>
    </FormDialog>
  );
}
