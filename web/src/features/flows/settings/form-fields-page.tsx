import { FormOutlined, PlusOutlined } from '@ant-design/icons';
import { getOrderSettings } from '@yingda/contract';
import type { OrderFieldDefinition } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh, useCall } from '../../../lib/query.ts';
import { say } from '../../../lib/wording.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { EmptyState, Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { toast } from '../../../ui/toast.tsx';
import { changeOrderSettings } from '../data/settings.ts';
import { FormFieldDrawer } from './form-field-drawer.tsx';
import { OrderButtons, shifted } from './order-buttons.tsx';

/** The table's rows need an id: the key is one. */
type Row = OrderFieldDefinition & { id: string };

function Table({
  fields,
  onOpen,
}: {
  fields: readonly OrderFieldDefinition[];
  onOpen: (field: Row) => void;
}): ReactNode {
  const { t } = useTranslation('order-settings');
  const rows = fields.map((field): Row => ({ ...field, id: field.key }));
  const shift = (at: number, by: 1 | -1): void =>
    void changeOrderSettings({ fields: shifted(fields, at, by) }).catch(async (error: unknown) => {
      toast.problem(error);
      await refresh(getOrderSettings);
    });
  return (
    <DataTable
      label={t('fields.title')}
      rows={rows}
      onOpen={onOpen}
      columns={[
        { key: 'label', title: t('fields.label'), render: ({ label }) => say(label) },
        {
          key: 'kind',
          title: t('fields.kind'),
          narrow: 'below',
          render: ({ kind, choices }) =>
            kind === 'choice'
              ? `${t('fields.kinds.choice')}${t('colon')}${choices.join(t('comma'))}`
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
          title: t('order'),
          width: 90,
          render: (row) => {
            const at = rows.indexOf(row);
            return (
              <OrderButtons
                name={say(row.label)}
                isFirst={at === 0}
                isLast={at === rows.length - 1}
                onShift={(by) => shift(at, by)}
              />
            );
          },
        },
      ]}
    />
  );
}

/** What this organisation's form asks beside the usual fields. */
export function FormFieldsPage(): ReactNode {
  const { t } = useTranslation('order-settings');
  useTitle(t('fields.title'));
  const query = useCall(getOrderSettings);
  const [opened, setOpened] = useState<OrderFieldDefinition | 'new' | null>(null);
  const create = (
    <Button
      type="primary"
      icon={<PlusOutlined />}
      disabled={!query.data || query.data.fields.length >= 50}
      onClick={() => setOpened('new')}
    >
      {t('fields.create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('fields.title')} hint={t('fields.hint')}>
        {create}
      </PageHeader>
      <Loaded query={query}>
        {({ fields }) =>
          fields.length === 0 ? (
            <EmptyState
              icon={<FormOutlined />}
              title={t('fields.none')}
              hint={t('fields.noneHint')}
            />
          ) : (
            <Table fields={fields} onOpen={setOpened} />
          )
        }
      </Loaded>
      {opened && query.data && (
        <FormFieldDrawer
          field={opened === 'new' ? null : opened}
          fields={query.data.fields}
          revision={query.data.revision}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}
