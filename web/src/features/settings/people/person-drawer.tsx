import {
  listColleagues,
  listPeople,
  listTeams,
  resetPersonPassword,
  updatePerson,
} from '@yingda/contract';
import type { PersonView } from '@yingda/contract';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useMe } from '../../../lib/me.ts';
import { refresh } from '../../../lib/query.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { Tag } from '../../../ui/data-table.tsx';
import { EditorDrawer } from '../../../ui/editor-drawer.tsx';
import { required } from '../../../ui/rules.ts';
import { toast } from '../../../ui/toast.tsx';
import { GrantsField } from '../shared/grants-field.tsx';
import { useTeamNames } from '../shared/names.ts';
import { LinkModal } from './link-modal.tsx';

type Values = Pick<PersonView, 'name' | 'teamIds' | 'grants'>;
const refreshAll = (): Promise<void> => refresh(listPeople, listColleagues, listTeams);

function ActiveButton({ person, onDone }: { person: PersonView; onDone: () => void }): ReactNode {
  const { t } = useTranslation('settings');
  const { id, name, active } = person;
  const set = async (next: boolean): Promise<void> => {
    await call(updatePerson, { params: { id }, body: { active: next } });
    await refreshAll();
    toast.success(t(next ? 'people.activated' : 'people.deactivated', { name }));
    onDone();
  };
  if (!active) {
    return (
      <Button onClick={() => void set(true).catch(toast.problem)}>{t('people.activate')}</Button>
    );
  }
  return (
    <ConfirmButton
      danger
      type="text"
      question={t('people.deactivateQuestion', { name })}
      consequence={t('people.deactivateConsequence')}
      deed={t('people.deactivate')}
      onConfirm={() => set(false)}
    >
      {t('people.deactivate')}
    </ConfirmButton>
  );
}

/** Name, teams and roles of a person; whether they may sign in; a link for a new password. */
export function PersonDrawer({
  person,
  onClose,
}: {
  person: PersonView;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const me = useMe();
  const teams = useTeamNames();
  const [link, setLink] = useState<{ url: string; expiresAt: string } | null>(null);
  const { id, name, email, teamIds, grants, active, twoFactorEnabled } = person;
  const save = async (body: Values): Promise<void> => {
    await call(updatePerson, { params: { id }, body });
    await refreshAll();
  };
  const makeLink = (): void =>
    void call(resetPersonPassword, { params: { id } }).then(setLink, toast.problem);
  return (
    <EditorDrawer<Values>
      title={name}
      initial={{ name, teamIds, grants }}
      deed={t('common:save')}
      save={save}
      onClose={onClose}
      fieldOf={{
        'person.last_administrator': 'grants',
        'role.beyond_own_rights': 'grants',
      }}
      extra={id === me.id ? null : <ActiveButton person={person} onDone={onClose} />}
    >
      <p className="yd-tags" style={{ marginBottom: 16 }}>
        <span className="yd-soft">{email}</span>
        {!active && <Tag tone="red">{t('people.inactive')}</Tag>}
        <Tag tone={twoFactorEnabled ? 'green' : 'grey'}>
          {t(twoFactorEnabled ? 'people.twoFactorOn' : 'people.twoFactorOff')}
        </Tag>
      </p>
      <Form.Item name="name" label={t('people.name')} rules={[required()]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="teamIds" label={t('people.teams')} extra={t('people.teamsHint')}>
        <Select mode="multiple" options={teams.options} optionFilterProp="label" />
      </Form.Item>
      <Form.Item name="grants" label={t('people.roles')} extra={t('people.rolesHint')}>
        <GrantsField />
      </Form.Item>
      <Form.Item label={t('people.password')} extra={t('people.resetHint')}>
        <Button onClick={makeLink} disabled={!active}>
          {t('people.reset')}
        </Button>
      </Form.Item>
      {link && (
        <LinkModal
          title={t('people.resetTitle', { name })}
          hint={t('people.resetByHand', { until: formatDateTime(link.expiresAt) })}
          url={link.url}
          onClose={() => setLink(null)}
        />
      )}
    </EditorDrawer>
  );
}
