import type { Action, AutomationSubject } from '@yingda/contract';
import { MailTo } from '@yingda/contract';
import { Select as AntSelect } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  useCategories,
  useDepartments,
  useFlowParts,
  usePeople,
  useTeams,
  useWebhooks,
} from '../data.ts';
import { listOf } from '../model/draft.ts';
import { Select } from './parts.tsx';
import { SetFieldForm } from './set-field.tsx';
import { LineField, TemplateField } from './text-field.tsx';

interface FormProps<K extends Action['kind']> {
  subject: AutomationSubject;
  action: Extract<Action, { kind: K }>;
  onChange: (action: Action) => void;
}

function Assign({ subject, action, onChange }: FormProps<'assign'>): ReactNode {
  const { t } = useTranslation('automations');
  const teams = useTeams();
  const people = usePeople();
  return (
    <>
      {subject === 'conversation' && (
        <Select
          label={t('with.team')}
          options={teams}
          value={action.teamId ?? ''}
          none={t('with.sameTeam')}
          onChange={(teamId) => onChange({ ...action, teamId: teamId || null })}
        />
      )}
      <Select
        label={t('with.person')}
        options={people}
        value={action.userId ?? ''}
        none={t('with.nobody')}
        onChange={(userId) => onChange({ ...action, userId: userId || null })}
      />
    </>
  );
}

function Move({ action, onChange }: FormProps<'move'>): ReactNode {
  const { t } = useTranslation('automations');
  const { moves } = useFlowParts();
  return (
    <>
      <Select
        label={t('with.move')}
        options={moves}
        value={action.move}
        onChange={(move) => onChange({ ...action, move })}
      />
      <LineField
        label={t('with.note')}
        max={5000}
        value={action.note}
        onChange={(note) => onChange({ ...action, note })}
      />
    </>
  );
}

function Comment({ subject, action, onChange }: FormProps<'comment'>): ReactNode {
  const { t } = useTranslation('automations');
  return (
    <>
      <TemplateField
        label={t('with.text')}
        subject={subject}
        max={5000}
        value={action.text}
        onChange={(text) => onChange({ ...action, text })}
      />
      {subject === 'order' && (
        <label className="yd-field-check">
          <input
            type="checkbox"
            checked={action.isPublic}
            onChange={(event) => onChange({ ...action, isPublic: event.target.checked })}
          />
          {t('with.public')}
        </label>
      )}
    </>
  );
}

function Tag({ subject, action, onChange }: FormProps<'tag'>): ReactNode {
  const { t } = useTranslation('automations');
  const tags = (key: 'add' | 'remove'): ReactNode => (
    <label className="yd-field">
      <span>{t(`with.${key}`)}</span>
      <input
        placeholder={t('with.tagsHint')}
        defaultValue={action[key].join(', ')}
        onChange={(event) => onChange({ ...action, [key]: listOf(event.target.value) })}
      />
    </label>
  );
  return (
    <>
      <Select
        label={t('with.tagOn')}
        options={[
          ...(subject === 'conversation'
            ? [{ value: 'conversation', label: t('with.onConversation') }]
            : []),
          { value: 'customer', label: t('with.onCustomer') },
        ]}
        value={action.on}
        onChange={(on) =>
          onChange({ ...action, on: on === 'customer' ? 'customer' : 'conversation' })
        }
      />
      {tags('add')}
      {tags('remove')}
    </>
  );
}

function AddTask({ action, onChange }: FormProps<'add_task'>): ReactNode {
  const { t } = useTranslation('automations');
  const teams = useTeams();
  const people = usePeople();
  const { dueMinutes } = action;
  return (
    <>
      <LineField
        label={t('with.taskTitle')}
        value={action.title}
        onChange={(title) => onChange({ ...action, title })}
      />
      <Select
        label={t('with.taskTeam')}
        options={teams}
        value={action.teamId ?? ''}
        none={t('with.anybody')}
        onChange={(teamId) => onChange({ ...action, teamId: teamId || null })}
      />
      <Select
        label={t('with.taskOwner')}
        options={people}
        value={action.ownerId ?? ''}
        none={t('with.anybody')}
        onChange={(ownerId) => onChange({ ...action, ownerId: ownerId || null })}
      />
      <label className="yd-field">
        <span>{t('with.dueIn')}</span>
        <input
          type="number"
          min={0}
          step={0.5}
          placeholder={t('with.noDue')}
          value={dueMinutes === null ? '' : dueMinutes / 60}
          onChange={({ target }) =>
            onChange({
              ...action,
              dueMinutes: Number(target.value) > 0 ? Math.round(Number(target.value) * 60) : null,
            })
          }
        />
      </label>
    </>
  );
}

function Mail({ subject, action, onChange }: FormProps<'mail'>): ReactNode {
  const { t } = useTranslation('automations');
  const people = usePeople();
  return (
    <>
      <div className="yd-field">
        <span>{t('with.to')}</span>
        <AntSelect
          mode="multiple"
          aria-label={t('with.to')}
          value={action.to}
          options={MailTo.options.map((value) => ({ value, label: t(`mailTo.${value}`) }))}
          onChange={(to: typeof action.to) => onChange({ ...action, to })}
        />
      </div>
      <div className="yd-field">
        <span>{t('with.people')}</span>
        <AntSelect
          mode="multiple"
          aria-label={t('with.people')}
          value={action.people}
          options={people}
          optionFilterProp="label"
          onChange={(chosen: string[]) => onChange({ ...action, people: chosen })}
        />
      </div>
      <label className="yd-field">
        <span>{t('with.addresses')}</span>
        <input
          placeholder={t('with.tagsHint')}
          defaultValue={action.addresses.join(', ')}
          onChange={(event) => onChange({ ...action, addresses: listOf(event.target.value) })}
        />
      </label>
      <LineField
        label={t('with.subjectLine')}
        value={action.subject}
        onChange={(line) => onChange({ ...action, subject: line })}
      />
      <TemplateField
        label={t('with.text')}
        subject={subject}
        max={20_000}
        value={action.text}
        onChange={(text) => onChange({ ...action, text })}
      />
    </>
  );
}

function Webhook({ action, onChange }: FormProps<'webhook'>): ReactNode {
  const { t } = useTranslation('automations');
  const webhooks = useWebhooks();
  if (webhooks.length === 0) return <p className="yd-soft">{t('with.noWebhooks')}</p>;
  return (
    <Select
      label={t('with.webhook')}
      options={webhooks}
      value={action.webhookId}
      onChange={(webhookId) => onChange({ ...action, webhookId })}
    />
  );
}

function CreateOrder({ subject, action, onChange }: FormProps<'create_order'>): ReactNode {
  const { t } = useTranslation('automations');
  const categories = useCategories();
  const departments = useDepartments();
  const priorities = ['low', 'normal', 'high', 'urgent'] as const;
  return (
    <>
      <LineField
        label={t('with.subjectLine')}
        value={action.subject}
        onChange={(line) => onChange({ ...action, subject: line })}
      />
      <Select
        label={t('with.category')}
        options={categories}
        value={action.categoryId}
        onChange={(categoryId) => onChange({ ...action, categoryId })}
      />
      <Select
        label={t('with.department')}
        options={departments}
        value={action.departmentId ?? ''}
        none={t('with.noDepartment')}
        onChange={(departmentId) => onChange({ ...action, departmentId: departmentId || null })}
      />
      <Select
        label={t('with.priority')}
        options={priorities.map((value) => ({ value, label: t(`choice.${value}`) }))}
        value={action.priority}
        onChange={(priority) =>
          onChange({
            ...action,
            priority: priorities.find((one) => one === priority) ?? 'normal',
          })
        }
      />
      <TemplateField
        label={t('with.description')}
        subject={subject}
        max={20_000}
        value={action.description}
        onChange={(description) => onChange({ ...action, description })}
      />
    </>
  );
}

function SetField({ subject, action, onChange }: FormProps<'set_field'>): ReactNode {
  return (
    <SetFieldForm
      subject={subject}
      set={action.set}
      onChange={(set) => onChange({ kind: 'set_field', set })}
    />
  );
}

function Pause({ action, onChange }: FormProps<'pause'>): ReactNode {
  const { t } = useTranslation('automations');
  const reasons = ['customer', 'third_party'] as const;
  return (
    <Select
      label={t('with.reason')}
      options={reasons.map((value) => ({ value, label: t(`choice.${value}`) }))}
      value={action.reason}
      onChange={(reason) =>
        onChange({ ...action, reason: reasons.find((one) => one === reason) ?? 'customer' })
      }
    />
  );
}

function Reopen({ action, onChange }: FormProps<'reopen'>): ReactNode {
  const { t } = useTranslation('automations');
  return (
    <LineField
      label={t('with.note')}
      max={5000}
      value={action.note}
      onChange={(note) => onChange({ ...action, note })}
    />
  );
}

function Reply({ subject, action, onChange }: FormProps<'reply'>): ReactNode {
  const { t } = useTranslation('automations');
  return (
    <TemplateField
      label={t('with.text')}
      subject={subject}
      max={5000}
      value={action.text}
      onChange={(text) => onChange({ ...action, text })}
    />
  );
}

const forms: { [K in Action['kind']]: (props: FormProps<K>) => ReactNode } = {
  set_field: SetField,
  assign: Assign,
  move: Move,
  pause: Pause,
  reopen: Reopen,
  resolve: () => null,
  comment: Comment,
  reply: Reply,
  tag: Tag,
  add_task: AddTask,
  mail: Mail,
  webhook: Webhook,
  create_order: CreateOrder,
};

/** What an action needs to know. */
export function ActionForm(props: FormProps<Action['kind']>): ReactNode {
  // Each form gets the action of its own kind: that is how the table is made.
  const Form = forms[props.action.kind] as (all: FormProps<Action['kind']>) => ReactNode;
  return <Form {...props} />;
}
