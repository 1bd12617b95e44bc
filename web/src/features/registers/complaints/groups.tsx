import { BulbOutlined } from '@ant-design/icons';
import type { ComplaintAnalysis, ComplaintGroup } from '@yingda/contract';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../lib/format.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { formatShare } from './share.ts';

type Row = Omit<ComplaintGroup, 'id'>;

/** How many more or fewer than in as many days before: more complaints are worse. */
function Change({ count, previous }: Row): ReactNode {
  const { t } = useTranslation('registers');
  const by = count - previous;
  if (by === 0) return <span className="yd-soft">{t('complaints.same')}</span>;
  return (
    <span className={by > 0 ? 'yd-change-worse' : 'yd-change-better'}>
      {by > 0 ? t('complaints.more', { count: by }) : t('complaints.less', { count: -by })}
    </span>
  );
}

type Columns = Column<Row & { id: string }>[];
const right = { align: 'right' as const };
const hidden = { ...right, narrow: 'hide' as const };

const figure = (text: string): ReactNode => <span className="yd-figures">{text}</span>;
const some = (value: number): ReactNode => figure(value === 0 ? '–' : formatNumber(value));

/** How much: the numbers that the chart draws. */
function useSizes(by: ComplaintAnalysis['by']): Columns {
  const { t } = useTranslation('registers');
  return [
    {
      key: 'name',
      title: t(`complaints.by.${by}`),
      render: ({ name }) =>
        name === '' ? <span className="yd-soft">{t('complaints.unknown')}</span> : name,
    },
    {
      key: 'count',
      title: t('complaints.column.count'),
      ...right,
      render: ({ count }) => <strong className="yd-figures">{formatNumber(count)}</strong>,
    },
    {
      key: 'share',
      title: t('complaints.column.share'),
      ...hidden,
      render: ({ share, name }) => figure(name === '' ? '–' : formatShare(share)),
    },
    {
      key: 'change',
      title: t('complaints.column.change'),
      ...hidden,
      render: (group) => <Change {...group} />,
    },
  ];
}

/** How it goes with them. */
function useStates(): Columns {
  const { t } = useTranslation('registers');
  const states = ['open', 'late', 'reopened'] as const;
  return [
    ...states.map((key) => ({
      key,
      title: t(`complaints.column.${key}`),
      ...hidden,
      render: (group: Row) => some(group[key]),
    })),
    {
      key: 'rating',
      title: t('complaints.column.rating'),
      ...hidden,
      render: ({ rating }) => figure(rating === null ? '–' : rating.toFixed(1)),
    },
  ];
}

/** Every group with its numbers: what the chart draws, and what it has no room for. */
export function GroupsTable({
  analysis: { groups, by },
  onOpen,
  onImprove,
}: {
  analysis: ComplaintAnalysis;
  onOpen: (group: ComplaintGroup) => void;
  onImprove: (group: ComplaintGroup) => void;
}): ReactNode {
  const { t } = useTranslation('registers');
  const deed: Columns[number] = {
    key: 'deed',
    title: '',
    ...right,
    render: ({ name, count }) =>
      name !== '' &&
      count > 0 && (
        <Button
          size="small"
          icon={<BulbOutlined />}
          onClick={() => {
            const group = groups.find((one) => one.name === name);
            if (group) onImprove(group);
          }}
        >
          {t('complaints.improve')}
        </Button>
      ),
  };
  const columns = [...useSizes(by), ...useStates(), ...(by === 'cause' ? [deed] : [])];
  const rows = groups.map((group) => ({ ...group, id: group.id ?? `name:${group.name}` }));
  return (
    <DataTable
      label={t(`complaints.by.${by}`)}
      columns={columns}
      rows={rows}
      onOpen={({ id }) => {
        const group = groups.find((one) => (one.id ?? `name:${one.name}`) === id);
        if (group) onOpen(group);
      }}
    />
  );
}
