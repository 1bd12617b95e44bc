import { ArrowDownOutlined, ArrowUpOutlined, FormOutlined, PlusOutlined } from '@ant-design/icons';
import { listCustomFields, updateCustomField } from '@yingda/contract';
import type { CustomFieldView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { keyOf, queryClient, refresh, useCall } from '../../../lib/query.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { EmptyState, Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { toast } from '../../../ui/toast.tsx';
import { FieldDrawer } from './field-drawer.tsx';

/** Swaps a field with its neighbour: shown at once, then stored. */
async function move(fields: readonly CustomFieldView[], from: number, to: number): Promise<void> {
  const next = [...fields];
  const [moved] = next.splice(from, 1);
  if (!moved) return;
  next.splice(to, 0, moved);
  const placed = next.map((field, position) => ({ ...field, position }));
  queryClient.setQueryData(keyOf(listCustomFields), { items: placed });
  const changed = placed.filter(
    ({ id, position }) => fields.find((field) => field.id === id)?.position !== position,
  );
  try {
    for (const { id, position } of changed) {
      await call(updateCustomField, { params: { id }, body: { position } });
    }
  } catch (error) {
    toast.problem(error);
  }
  await refresh(listCustomFields);
}

function MoveButtons({
  fields,
  at,
}: {
  fields: readonly CustomFieldView[];
  at: number;
}): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<ArrowUpOutlined />}
        aria-label={t('fields.up')}
        disabled={at === 0}
        onClick={() => void move(fields, at, at - 1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDownOutlined />}
        aria-label={t('fields.down')}
        disabled={at === fields.length - 1}
        onClick={() => void move(fields, at, at + 1)}
      />
    </>
  );
}

/** What the organisation keeps about customers besides name and contacts. */
export function FieldsPage(): ReactNode {
  const { t } = useTranslation('settings');
  useTitle(t('fields.title'));
  const query = useCall(listCustomFields);
  const [opened, setOpened] = useState<CustomFieldView | 'new' | null>(null);
  return (
    <>
      <PageHeader title={t('fields.title')} hint={t('fields.hint')}>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpened('new')}>
          {t('fields.create')}
        </Button>
      </PageHeader>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              icon={<FormOutlined />}
              title={t('fields.none')}
              hint={t('fields.noneHint')}
            />
          ) : (
            <DataTable
              label={t('fields.title')}
              rows={items}
              onOpen={setOpened}
              columns={[
                { key: 'label', title: t('fields.label'), render: ({ label }) => label },
                {
                  key: 'kind',
                  title: t('fields.kind'),
                  narrow: 'below',
                  render: ({ kind, choices }) =>
                    kind === 'choice'
                      ? `${t('fields.kinds.choice')}: ${choices.join(t('listMark'))}`
                      : t(`fields.kinds.${kind}`),
                },
                {
                  key: 'key',
                  title: t('fields.key'),
                  narrow: 'hide',
                  render: ({ key }) => <code>{key}</code>,
                },
                {
                  key: 'order',
                  title: t('fields.order'),
                  width: 90,
                  render: (field) => <MoveButtons fields={items} at={items.indexOf(field)} />,
                },
              ]}
            />
          )
        }
      </Loaded>
      {opened && (
        <FieldDrawer
          field={opened === 'new' ? null : opened}
          position={query.data?.items.length ?? 0}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}
