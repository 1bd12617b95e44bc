import { ArrowRightOutlined, SwapOutlined } from '@ant-design/icons';
import type { CustomerView } from '@yingda/contract';
import {
  listConversations,
  listCustomerNotes,
  listCustomers,
  mergeCustomers,
} from '@yingda/contract';
import { Button } from 'antd';
import { useDeferredValue, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCall } from '../../lib/query.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TierBadge } from '../../ui/marks.tsx';
import { Picker } from '../../ui/picker.tsx';
import { toast } from '../../ui/toast.tsx';
import { movesOf } from './merge-preview.ts';
import { keepCustomer } from './use-customer.ts';
import './merge-dialog.css';

interface MergeProps {
  customer: CustomerView;
  onClose: () => void;
  onMerged: (intoId: string) => void;
}

const hintOf = (customer: CustomerView): string =>
  customer.identities.find(({ kind }) => kind === 'phone' || kind === 'email')?.value ??
  customer.company ??
  '';

/** First: which profile is the same person? Likely ones share the name. */
function Find({
  customer,
  onClose,
  onFound,
}: {
  customer: CustomerView;
  onClose: () => void;
  onFound: (other: CustomerView) => void;
}): ReactNode {
  const { t } = useTranslation('customers');
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const alike =
    useCall(listCustomers, { query: { q: customer.name, limit: 10 } }).data?.items ?? [];
  const found =
    useCall(listCustomers, { query: { q, limit: 20 } }, { enabled: q !== '' }).data?.items ?? [];
  const shown = (q === '' ? alike : found).filter(({ id }) => id !== customer.id);
  return (
    <Picker
      title={t('merge.find', { name: customer.name })}
      placeholder={t('merge.placeholder')}
      onTyped={setTyped}
      options={shown.map((other) => ({
        id: other.id,
        label: other.name,
        icon: <Avatar name={other.name} px={22} />,
        hint: hintOf(other),
        group: t(q === '' ? 'merge.suggested' : 'merge.results'),
        // The server has found it by what was typed, which need not stand in the name.
        keywords: typed,
      }))}
      onPick={(id) => {
        const other = shown.find((one) => one.id === id);
        if (!other) return undefined;
        onFound(other);
        return 'stay';
      }}
      onClose={onClose}
    />
  );
}

function Side({ customer, label }: { customer: CustomerView; label: string }): ReactNode {
  return (
    <div className="yd-merge-side">
      <span className="yd-soft">{label}</span>
      <Avatar name={customer.name} px={40} />
      <strong className="yd-ellipsis">{customer.name}</strong>
      <TierBadge tier={customer.tier} />
      <span className="yd-soft yd-ellipsis">{hintOf(customer)}</span>
    </div>
  );
}

/** What will move, told before it does. */
function Moves({ from, into }: { from: CustomerView; into: CustomerView }): ReactNode {
  const { t } = useTranslation('customers');
  const notes = useCall(listCustomerNotes, { params: { id: from.id } }).data?.items.length;
  const page = useCall(listConversations, {
    query: { view: 'all', customerId: from.id, limit: 100 },
  }).data;
  const moves = movesOf(from, into);
  const conversations = page ? `${page.items.length}${page.nextCursor ? '+' : ''}` : '…';
  const lines = [
    t('merge.conversations', { count: page?.items.length ?? 0, number: conversations }),
    t('merge.identities', { count: moves.identities }),
    ...(notes === undefined || notes === 0 ? [] : [t('merge.notes', { count: notes })]),
    ...(moves.tags === 0 ? [] : [t('merge.tags', { count: moves.tags })]),
    ...(moves.fields === 0 ? [] : [t('merge.fields', { count: moves.fields })]),
  ];
  return (
    <div className="yd-merge-moves">
      <h3>{t('merge.moves')}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="yd-merge-warning">{t('merge.warning')}</p>
    </div>
  );
}

/** Makes one customer of two: choose the other, see what moves, decide who stays. */
export function MergeDialog({ customer, onClose, onMerged }: MergeProps): ReactNode {
  const { t } = useTranslation('customers');
  const [other, setOther] = useState<CustomerView | null>(null);
  const [isSwapped, setSwapped] = useState(false);
  const merge = useAct(mergeCustomers, {
    refreshes: [listCustomers, listCustomerNotes, listConversations],
  });
  if (!other) return <Find customer={customer} onClose={onClose} onFound={setOther} />;
  const into = isSwapped ? other : customer;
  const from = isSwapped ? customer : other;
  const run = async (): Promise<void> => {
    try {
      const merged = await merge.mutateAsync({
        params: { id: into.id },
        body: { otherId: from.id },
      });
      keepCustomer(merged);
      toast.success(t('merge.done', { name: merged.name }));
      onClose();
      onMerged(merged.id);
    } catch (error) {
      toast.problem(error);
    }
  };
  return (
    <Dialog label={t('merge.title')} className="yd-merge" onClose={onClose}>
      <h2>{t('merge.title')}</h2>
      <div className="yd-merge-pair">
        <Side customer={from} label={t('merge.goes')} />
        <div className="yd-merge-way">
          <ArrowRightOutlined aria-hidden />
          <Button
            size="small"
            type="text"
            icon={<SwapOutlined />}
            onClick={() => setSwapped(!isSwapped)}
          >
            {t('merge.swap')}
          </Button>
        </div>
        <Side customer={into} label={t('merge.keep')} />
      </div>
      <Moves from={from} into={into} />
      <div className="yd-merge-deeds">
        <Button onClick={() => setOther(null)}>{t('merge.choose')}</Button>
        <Button danger loading={merge.isPending} onClick={() => void run()}>
          {t('merge.deed', { name: into.name })}
        </Button>
      </div>
    </Dialog>
  );
}
