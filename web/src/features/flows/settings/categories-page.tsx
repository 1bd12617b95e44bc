import { PlusOutlined, TagsOutlined } from '@ant-design/icons';
import { listCategories, listDepartments, listFlows } from '@yingda/contract';
import type { CategoryView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOf, queryClient, refresh, useCall } from '../../../lib/query.ts';
import { say } from '../../../lib/wording.ts';
import { DataTable, Tag } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { Fold } from '../../../ui/fold.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { EmptyState, Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { toast } from '../../../ui/toast.tsx';
import { familiesOf } from '../data/flows.ts';
import { CategoryDrawer } from './category-drawer.tsx';
import { OrderButtons, shifted } from './order-buttons.tsx';
import { storeCategories } from './store-categories.ts';

function useColumns(used: readonly CategoryView[]): Column<CategoryView>[] {
  const { t } = useTranslation('order-settings');
  const flows = familiesOf(useCall(listFlows).data?.items ?? []);
  const departments = useCall(listDepartments).data?.items ?? [];
  const shift = async (at: number, by: 1 | -1): Promise<void> => {
    const next = shifted(used, at, by);
    queryClient.setQueryData(keyOf(listCategories), (list: object) => ({ ...list, items: next }));
    await storeCategories(next).catch(async (error: unknown) => {
      toast.problem(error);
      await refresh(listCategories);
    });
  };
  return [
    {
      key: 'name',
      title: t('categories.name'),
      render: ({ name, isComplaint }) => (
        <span className="yd-tags">
          {say(name)}
          {isComplaint && <Tag tone="red">{t('categories.complaint')}</Tag>}
        </span>
      ),
    },
    {
      key: 'flow',
      title: t('categories.flow'),
      narrow: 'below',
      render: ({ flowKey }) => {
        const flow = flows.find(({ key }) => key === flowKey);
        return flow ? say(flow.shown.name) : flowKey;
      },
    },
    {
      key: 'department',
      title: t('categories.department'),
      narrow: 'hide',
      render: ({ departmentId }) =>
        departments.find(({ id }) => id === departmentId)?.name ?? t('categories.byHand'),
    },
    {
      key: 'order',
      title: t('order'),
      width: 90,
      render: (category) => {
        const at = used.indexOf(category);
        return (
          <OrderButtons
            name={say(category.name)}
            isFirst={at === 0}
            isLast={at === used.length - 1}
            onShift={(by) => void shift(at, by)}
          />
        );
      },
    },
  ];
}

function Retired({
  used,
  retired,
}: {
  used: readonly CategoryView[];
  retired: readonly CategoryView[];
}): ReactNode {
  const { t } = useTranslation('order-settings');
  const restore = (category: CategoryView): void =>
    void storeCategories([...used, category]).catch(toast.problem);
  return (
    <Fold title={t('categories.retired', { count: retired.length })} name="retired-categories">
      <DataTable
        label={t('categories.retired', { count: retired.length })}
        rows={retired}
        isDim={() => true}
        columns={[
          { key: 'name', title: t('categories.name'), render: ({ name }) => say(name) },
          {
            key: 'restore',
            title: '',
            align: 'right',
            render: (category) => (
              <Button size="small" onClick={() => restore(category)}>
                {t('categories.restore')}
              </Button>
            ),
          },
        ]}
      />
    </Fold>
  );
}

/** What orders are about: each category has its flow and, if it is clear beforehand, its department. */
export function CategoriesPage(): ReactNode {
  const { t } = useTranslation('order-settings');
  useTitle(t('categories.title'));
  const query = useCall(listCategories);
  const [opened, setOpened] = useState<CategoryView | 'new' | null>(null);
  const all = query.data?.items ?? [];
  const used = all.filter(({ retired }) => !retired);
  const retired = all.filter((category) => category.retired);
  const columns = useColumns(used);
  return (
    <>
      <PageHeader title={t('categories.title')} hint={t('categories.hint')}>
        <Button
          type="primary"
          icon={<PlusOutlined />}
          disabled={!query.data || used.length >= 50}
          onClick={() => setOpened('new')}
        >
          {t('categories.create')}
        </Button>
      </PageHeader>
      <Loaded query={query}>
        {() =>
          used.length === 0 ? (
            <EmptyState
              icon={<TagsOutlined />}
              title={t('categories.none')}
              hint={t('categories.noneHint')}
            />
          ) : (
            <DataTable
              label={t('categories.title')}
              rows={used}
              columns={columns}
              onOpen={setOpened}
            />
          )
        }
      </Loaded>
      {retired.length > 0 && <Retired used={used} retired={retired} />}
      {opened && (
        <CategoryDrawer
          category={opened === 'new' ? null : opened}
          used={used}
          revision={query.data?.revision ?? ''}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}
