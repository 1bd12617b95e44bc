import { permissions } from '@yingda/contract';
import type { Permission } from '@yingda/contract';
import { Checkbox } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './permission-boxes.css';

const groupOf = (permission: Permission): string => {
  const noun = permission.split('.')[0] ?? '';
  if (['conversation', 'customer', 'canned'].includes(noun)) return 'service';
  if (['routing', 'queue', 'hours', 'widget', 'kpi', 'import', 'report'].includes(noun))
    return 'operation';
  return 'administration';
};
const groups = ['service', 'operation', 'administration'].map((group) => ({
  group,
  members: permissions.filter((permission) => groupOf(permission) === group),
}));

/** Permissions as boxes in groups, each with what it lets one do. A field of a form. */
export function PermissionBoxes({
  value = [],
  onChange,
  disabled = false,
  offered,
}: {
  value?: readonly Permission[];
  onChange?: (value: Permission[]) => void;
  disabled?: boolean;
  /** Only these may be chosen; the others stay as they are. */
  offered?: (permission: Permission) => boolean;
}): ReactNode {
  const { t } = useTranslation('settings');
  const toggle = (permission: Permission, on: boolean): void =>
    onChange?.(permissions.filter((one) => (one === permission ? on : value.includes(one))));
  return (
    <div className="yd-permissions">
      {groups.map(({ group, members }) => (
        <fieldset key={group}>
          <legend>{t(`permissions.group.${group}`)}</legend>
          {members.map((permission) => (
            <Checkbox
              key={permission}
              checked={value.includes(permission)}
              disabled={disabled || offered?.(permission) === false}
              onChange={({ target }) => toggle(permission, target.checked)}
            >
              {t(`permissions.${permission}.name`)}
              <span className="yd-permission-hint">{t(`permissions.${permission}.hint`)}</span>
            </Checkbox>
          ))}
        </fieldset>
      ))}
    </div>
  );
}
