import {
  createTeam,
  deleteTeam,
  listColleagues,
  listPeople,
  listQueues,
  listTeams,
  updateTeam,
} from '@yingda/contract';
import type { TeamView } from '@yingda/contract';
import { Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { refresh } from '../../../lib/query.ts';
import { EditorDrawer } from '../../../ui/editor-drawer.tsx';
import { required } from '../../../ui/rules.ts';
import { DeleteButton } from '../shared/delete-button.tsx';
import { useColleagueNames, useDepartmentNames } from '../shared/names.ts';

type Values = Pick<TeamView, 'name' | 'departmentId' | 'memberIds'>;
const refreshAll = (): Promise<void> => refresh(listTeams, listQueues, listColleagues, listPeople);

/** Makes or changes a team. */
export function TeamDrawer({
  team,
  onClose,
}: {
  team: TeamView | null;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const departments = useDepartmentNames();
  const people = useColleagueNames();
  const save = async (values: Values): Promise<void> => {
    const body = { ...values, departmentId: values.departmentId ?? null };
    if (team) await call(updateTeam, { params: { id: team.id }, body });
    else await call(createTeam, { body });
    await refreshAll();
  };
  const remove = async ({ id }: TeamView): Promise<void> => {
    await call(deleteTeam, { params: { id } });
    await refreshAll();
    onClose();
  };
  return (
    <EditorDrawer<Values>
      title={team ? team.name : t('teams.create')}
      hint={team ? null : t('teams.createHint')}
      initial={team ?? { memberIds: [] }}
      deed={t(team ? 'common:save' : 'common:create')}
      save={save}
      onClose={onClose}
      fieldOf={{ 'team.name_taken': 'name' }}
      extra={
        team && (
          <DeleteButton
            question={t('teams.deleteQuestion', { name: team.name })}
            consequence={t('teams.deleteConsequence')}
            onConfirm={() => remove(team)}
          />
        )
      }
    >
      <Form.Item name="name" label={t('teams.name')} rules={[required()]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="departmentId" label={t('teams.department')}>
        <Select allowClear options={departments.options} placeholder={t('common:none')} />
      </Form.Item>
      <Form.Item name="memberIds" label={t('teams.members')} extra={t('teams.membersHint')}>
        <Select mode="multiple" options={people.options} optionFilterProp="label" />
      </Form.Item>
    </EditorDrawer>
  );
}
