import { DownOutlined } from '@ant-design/icons';
import {
  createImportMapping,
  deleteImportMapping,
  listImportMappings,
  updateImportMapping,
} from '@yingda/contract';
import type { ImportMapping, InspectionView, SavedMappingView } from '@yingda/contract';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { refresh, useCall } from '../../../lib/query.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { Menu } from '../../../ui/menu.tsx';
import type { MenuItem } from '../../../ui/menu.tsx';
import { required } from '../../../ui/rules.ts';
import { toast } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';
import { applySaved } from './mapping.ts';

interface MappingsProps {
  inspection: InspectionView;
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
}

function NameDialog({
  mapping,
  onClose,
  onSaved,
}: {
  mapping: ImportMapping;
  onClose: () => void;
  onSaved: (saved: SavedMappingView) => void;
}): ReactNode {
  const { t } = useTranslation('imports');
  const [form] = Form.useForm<{ name: string }>();
  const { busy, error, submit } = useSubmit<{ name: string }>(
    form,
    async ({ name }) => {
      const saved = await call(createImportMapping, { body: { name, mapping } });
      await refresh(listImportMappings);
      toast.success(t('mappings.saved', { name: saved.name }));
      onSaved(saved);
    },
    { 'import.mapping_name_taken': 'name' },
  );
  return (
    <Modal
      open
      title={t('mappings.saveNew')}
      width={420}
      okText={t('common:save')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={submit}>
        <FormProblem error={error} />
        <Form.Item
          name="name"
          label={t('mappings.name')}
          extra={t('mappings.nameHint')}
          rules={[required()]}
        >
          <Input maxLength={80} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function useDeeds({ inspection, mapping, onChange }: MappingsProps) {
  const { t } = useTranslation('imports');
  const saved = useCall(listImportMappings).data?.items ?? [];
  const [currentId, setCurrentId] = useState<string | null>(() => inspection.matched?.id ?? null);
  const current = saved.find(({ id }) => id === currentId);
  const load = (one: SavedMappingView): void => {
    setCurrentId(one.id);
    onChange(applySaved(one.mapping, inspection));
    toast.info(t('mappings.loaded', { name: one.name }));
  };
  const update = async (one: SavedMappingView): Promise<void> => {
    const body = { name: one.name, mapping };
    await call(updateImportMapping, { params: { id: one.id }, body });
    await refresh(listImportMappings);
    toast.success(t('mappings.saved', { name: one.name }));
  };
  const remove = async (one: SavedMappingView): Promise<void> => {
    await call(deleteImportMapping, { params: { id: one.id } });
    await refresh(listImportMappings);
    setCurrentId(null);
    toast.success(t('mappings.deleted', { name: one.name }), {
      label: t('mappings.undo'),
      run: () =>
        void call(createImportMapping, { body: { name: one.name, mapping: one.mapping } })
          .then(() => refresh(listImportMappings))
          .catch(toast.problem),
    });
  };
  return { saved, current, setCurrentId, load, update, remove };
}

/** Column mappings kept for the next file of the same kind: use, save, change, delete. */
export function SavedMappings(props: MappingsProps): ReactNode {
  const { t } = useTranslation('imports');
  const { saved, current, setCurrentId, load, update, remove } = useDeeds(props);
  const [naming, setNaming] = useState(false);
  const items: MenuItem[] = [
    { key: 'new', label: t('mappings.saveNew') },
    ...(current
      ? [
          { key: 'update', label: t('mappings.update', { name: current.name }) },
          { key: 'delete', label: t('mappings.delete', { name: current.name }) },
        ]
      : []),
    ...(saved.length > 0 ? [{ heading: t('mappings.use') } as const] : []),
    ...saved.map(({ id, name }) => ({ key: id, label: name, checked: id === current?.id })),
  ];
  const choose = (key: string): void => {
    const found = saved.find(({ id }) => id === key);
    if (key === 'new') setNaming(true);
    else if (key === 'update' && current) void update(current).catch(toast.problem);
    else if (key === 'delete' && current) void remove(current).catch(toast.problem);
    else if (found) load(found);
  };
  return (
    <>
      <Menu items={items} onChoose={choose}>
        <Button icon={<DownOutlined />} iconPlacement="end">
          {current ? current.name : t('mappings.title')}
        </Button>
      </Menu>
      {naming && (
        <NameDialog
          mapping={props.mapping}
          onClose={() => setNaming(false)}
          onSaved={({ id }) => {
            setCurrentId(id);
            setNaming(false);
          }}
        />
      )}
    </>
  );
}
