import {
  createDepartment,
  deleteDepartment,
  listDepartments,
  updateDepartment,
} from '@yingda/contract';
import type { DepartmentView } from '@yingda/contract';
import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { refresh } from '../../../lib/query.ts';
import { EditorDrawer } from '../../../ui/editor-drawer.tsx';
import { required } from '../../../ui/rules.ts';
import { DeleteButton } from '../shared/delete-button.tsx';

/** Makes or renames a department. */
export function DepartmentDrawer({
  department,
  onClose,
}: {
  department: DepartmentView | null;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const save = async ({ name }: { name: string }): Promise<void> => {
    if (department) await call(updateDepartment, { params: { id: department.id }, body: { name } });
    else await call(createDepartment, { body: { name } });
    await refresh(listDepartments);
  };
  const remove = async ({ id }: DepartmentView): Promise<void> => {
    await call(deleteDepartment, { params: { id } });
    await refresh(listDepartments);
    onClose();
  };
  return (
    <EditorDrawer<{ name: string }>
      title={department ? department.name : t('departments.create')}
      initial={department ?? {}}
      deed={t(department ? 'common:save' : 'common:create')}
      save={save}
      onClose={onClose}
      fieldOf={{ 'department.name_taken': 'name' }}
      extra={
        department && (
          <DeleteButton
            question={t('departments.deleteQuestion', { name: department.name })}
            consequence={t('departments.deleteConsequence')}
            onConfirm={() => remove(department)}
          />
        )
      }
    >
      <Form.Item name="name" label={t('departments.name')} rules={[required()]}>
        <Input maxLength={80} />
      </Form.Item>
    </EditorDrawer>
  );
}
