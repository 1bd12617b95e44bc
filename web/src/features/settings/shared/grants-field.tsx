import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoleNames, useTeamNames } from './names.ts';

export interface Granted {
  roleId: string;
  teamId: string | null;
}
const everywhere = '';

/** Roles a person holds, each for one team or for all. A field of a form. */
export function GrantsField({
  value = [],
  onChange,
}: {
  value?: readonly Granted[];
  onChange?: (value: Granted[]) => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const roles = useRoleNames();
  const teams = useTeamNames();
  const set = (index: number, change: Partial<Granted>): void =>
    onChange?.(value.map((grant, at) => (at === index ? { ...grant, ...change } : grant)));
  const first = roles.options[0]?.value;
  return (
    <div className="yd-grants">
      {value.map((grant, index) => (
        // Rows have no identity of their own: the same role may stand here twice while it is being chosen.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="yd-grant">
          <Select
            aria-label={t('people.role')}
            value={grant.roleId}
            options={roles.options}
            onChange={(roleId) => set(index, { roleId })}
          />
          <Select
            aria-label={t('people.scope')}
            value={grant.teamId ?? everywhere}
            options={[{ value: everywhere, label: t('people.everywhere') }, ...teams.options]}
            onChange={(teamId) => set(index, { teamId: teamId === everywhere ? null : teamId })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('people.removeRole')}
            onClick={() => onChange?.(value.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        disabled={!first}
        onClick={() => first && onChange?.([...value, { roleId: first, teamId: null }])}
      >
        {t('people.addRole')}
      </Button>
    </div>
  );
}
