import { createRole, deleteRole, listRoles, updateRole } from '@yingda/contract';
import type { RoleView } from '@yingda/contract';
import { Button, Drawer, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { useRights } from '../../../lib/me.ts';
import { refresh } from '../../../lib/query.ts';
import { EditorDrawer } from '../../../ui/editor-drawer.tsx';
import { required } from '../../../ui/rules.ts';
import { DeleteButton } from '../shared/delete-button.tsx';
import { useRoleName } from '../shared/names.ts';
import { PermissionBoxes } from '../shared/permission-boxes.tsx';

type Values = Pick<RoleView, 'name' | 'permissions'>;
interface Props {
  role: RoleView | null;
  mayManage: boolean;
  onClose: () => void;
}

function ReadOnly({ role, onClose }: { role: RoleView; onClose: () => void }): ReactNode {
  const { t } = useTranslation('settings');
  const nameOf = useRoleName();
  return (
    <Drawer
      open
      title={nameOf(role)}
      size="min(520px, 100vw)"
      onClose={onClose}
      footer={
        <div className="yd-drawer-foot">
          <span className="yd-bar-space" />
          <Button onClick={onClose}>{t('common:close')}</Button>
        </div>
      }
    >
      <p className="yd-drawer-hint">{t('roles.readOnly')}</p>
      {/* Nothing in it can be chosen, so it takes the focus itself: the keyboard must be able to scroll. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section tabIndex={0} aria-label={t('roles.permissions')}>
        <PermissionBoxes value={role.permissions} disabled />
      </section>
    </Drawer>
  );
}

/** Makes or changes an own role; shows a built-in one. */
export function RoleDrawer({ role, mayManage, onClose }: Props): ReactNode {
  const { t } = useTranslation('settings');
  const { may } = useRights();
  if (role && (role.builtIn || !mayManage)) return <ReadOnly role={role} onClose={onClose} />;
  const save = async (body: Values): Promise<void> => {
    if (role) await call(updateRole, { params: { id: role.id }, body });
    else await call(createRole, { body });
    await refresh(listRoles);
  };
  const remove = async (id: string): Promise<void> => {
    await call(deleteRole, { params: { id } });
    await refresh(listRoles);
    onClose();
  };
  return (
    <EditorDrawer<Values>
      title={role ? role.name : t('roles.create')}
      initial={role ?? { permissions: [] }}
      deed={t(role ? 'common:save' : 'common:create')}
      save={save}
      onClose={onClose}
      fieldOf={{ 'role.name_taken': 'name', 'role.beyond_own_rights': 'permissions' }}
      extra={
        role && (
          <DeleteButton
            question={t('roles.deleteQuestion', { name: role.name })}
            consequence={t('roles.deleteConsequence')}
            onConfirm={() => remove(role.id)}
          />
        )
      }
    >
      <Form.Item name="name" label={t('roles.name')} rules={[required()]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="permissions" label={t('roles.permissions')}>
        <PermissionBoxes offered={(permission) => may(permission)} />
      </Form.Item>
    </EditorDrawer>
  );
}
