import {
  cannedVariables,
  createCanned,
  deleteCanned,
  listCanned,
  maxMessageLength,
  updateCanned,
} from '@yingda/contract';
import type { CannedView } from '@yingda/contract';
import { Button, Form, Input, Select } from 'antd';
import { useRef } from 'react';
import type { ComponentRef, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { text } from '../../../lib/i18n.ts';
import { useMe, useRights } from '../../../lib/me.ts';
import { refresh } from '../../../lib/query.ts';
import { EditorDrawer } from '../../../ui/editor-drawer.tsx';
import { required } from '../../../ui/rules.ts';
import { DeleteButton } from '../shared/delete-button.tsx';
import { useTeamNames } from '../shared/names.ts';

type Values = Pick<CannedView, 'title' | 'shortcut' | 'text' | 'teamId'>;
const everybody = '';
const shortcutForm = /^[\p{L}\p{N}_-]{1,40}$/u;
const mark = (variable: string): string => `{{${variable}}}`;

/** The text as a customer would read it, with examples in the place of variables. */
function Preview(): ReactNode {
  const { t } = useTranslation('settings');
  const me = useMe();
  const written = Form.useWatch<string | undefined>('text') ?? '';
  const examples: Record<(typeof cannedVariables)[number], string> = {
    'customer.name': t('canned.exampleCustomer'),
    'agent.name': me.name,
    'team.name': me.teams[0]?.name ?? t('canned.exampleTeam'),
    'conversation.number': '1024',
    'organisation.name': me.organisationName,
  };
  if (!written.includes('{{')) return null;
  const filled = cannedVariables.reduce(
    (result, variable) => result.replaceAll(mark(variable), examples[variable]),
    written,
  );
  return (
    <div className="yd-canned-preview">
      <span className="yd-soft">{t('canned.preview')}</span>
      <p>{filled}</p>
    </div>
  );
}

function TextField(): ReactNode {
  const { t } = useTranslation('settings');
  const form = Form.useFormInstance<Values>();
  const area = useRef<ComponentRef<typeof Input.TextArea>>(null);
  const insert = (variable: string): void => {
    const field = area.current?.resizableTextArea?.textArea;
    const now = (form.getFieldValue('text') as string | undefined) ?? '';
    const [from, to] = [field?.selectionStart ?? now.length, field?.selectionEnd ?? now.length];
    form.setFieldValue('text', now.slice(0, from) + mark(variable) + now.slice(to));
    field?.focus();
    const caret = from + mark(variable).length;
    requestAnimationFrame(() => field?.setSelectionRange(caret, caret));
  };
  return (
    <>
      <Form.Item
        name="text"
        label={t('canned.text')}
        rules={[required()]}
        style={{ marginBottom: 8 }}
      >
        <Input.TextArea
          ref={area}
          autoSize={{ minRows: 5, maxRows: 14 }}
          maxLength={maxMessageLength}
        />
      </Form.Item>
      <div
        className="yd-tags"
        style={{ marginBottom: 20 }}
        role="group"
        aria-label={t('canned.insert')}
      >
        <span className="yd-soft">{t('canned.insert')}</span>
        {cannedVariables.map((variable) => (
          <Button key={variable} size="small" onClick={() => insert(variable)}>
            {t(`canned.variable.${variable}`)}
          </Button>
        ))}
      </div>
    </>
  );
}

/** Makes or changes a canned reply. */
export function CannedDrawer({
  reply,
  onClose,
}: {
  reply: CannedView | null;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const { teams: teamsWith, may } = useRights();
  const teams = useTeamNames().options.filter(({ value }) => may('canned.manage', value));
  const scopes = [
    ...(teamsWith('canned.manage') === 'all'
      ? [{ value: everybody, label: t('canned.everybody') }]
      : []),
    ...teams,
  ];
  const save = async (values: Values): Promise<void> => {
    const body = { ...values, teamId: values.teamId || null };
    if (reply) await call(updateCanned, { params: { id: reply.id }, body });
    else await call(createCanned, { body });
    await refresh(listCanned);
  };
  const remove = async (id: string): Promise<void> => {
    await call(deleteCanned, { params: { id } });
    await refresh(listCanned);
    onClose();
  };
  return (
    <EditorDrawer<Values>
      title={reply ? reply.title : t('canned.create')}
      initial={
        reply
          ? { ...reply, teamId: reply.teamId ?? everybody }
          : { teamId: scopes[0]?.value ?? everybody }
      }
      deed={t(reply ? 'common:save' : 'common:create')}
      save={save}
      onClose={onClose}
      width={580}
      fieldOf={{ 'canned.shortcut_taken': 'shortcut' }}
      extra={
        reply && (
          <DeleteButton
            question={t('canned.deleteQuestion', { name: reply.title })}
            onConfirm={() => remove(reply.id)}
          />
        )
      }
    >
      <Form.Item name="title" label={t('canned.name')} rules={[required()]}>
        <Input maxLength={120} />
      </Form.Item>
      <div className="yd-pair">
        <Form.Item
          name="shortcut"
          label={t('canned.shortcut')}
          extra={t('canned.shortcutHint')}
          rules={[
            required(),
            { pattern: shortcutForm, message: text('problems:faults.shortcut_format') },
          ]}
        >
          <Input prefix="/" maxLength={40} />
        </Form.Item>
        <Form.Item name="teamId" label={t('canned.team')}>
          <Select options={scopes} />
        </Form.Item>
      </div>
      <TextField />
      <Preview />
    </EditorDrawer>
  );
}
