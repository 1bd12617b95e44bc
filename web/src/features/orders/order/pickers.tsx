import { InboxOutlined } from '@ant-design/icons';
import { linkOrder, listOrders, mergeOrder, takeOrder } from '@yingda/contract';
import { useDeferredValue, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useRights } from '../../../lib/me.ts';
import { useCall } from '../../../lib/query.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Picker } from '../../../ui/picker.tsx';
import type { Option } from '../../../ui/picker.tsx';
import { say, useColleagues, useOrderAct, useTeams } from '../data/orders.ts';
import { Ask } from './ask.tsx';
import type { AskedProps } from './asked.tsx';
import { useTellProblem } from './head.tsx';

const nobody = 'nobody';

/** Takes the order, gives it to a colleague of the owning team, or puts it back into the inbox. */
export function AssignPicker({ order, onClose }: AskedProps): ReactNode {
  const { t } = useTranslation('orders');
  const me = useMe();
  const { may } = useRights();
  const take = useOrderAct(takeOrder);
  const tell = useTellProblem(order.id);
  const mayGive = may('order.manage') || order.ownerId === me.id || order.ownerId === null;
  const team = useTeams().find(({ id }) => id === order.ownerTeamId);
  const people = useColleagues().filter(
    ({ id, active, teamIds }) =>
      active &&
      (mayGive || id === me.id) &&
      (order.ownerTeamId === null || teamIds.includes(order.ownerTeamId)),
  );
  const options: Option[] = [
    ...people
      .toSorted((a, b) => Number(b.id === me.id) - Number(a.id === me.id))
      .map(({ id, name, image }) => ({
        id,
        label: id === me.id ? t('assign.me', { name }) : name,
        icon: <Avatar name={name} image={image} px={22} />,
        checked: id === order.ownerId,
      })),
    {
      id: nobody,
      label: t('assign.inbox', { team: team?.name ?? '' }),
      icon: <InboxOutlined />,
      checked: order.ownerId === null,
    },
  ];
  return (
    <Picker
      title={t('assign.title')}
      placeholder={t('assign.placeholder')}
      options={options}
      onClose={onClose}
      onPick={(id) =>
        take.mutate(
          {
            params: { id: order.id },
            body: { version: order.version, ownerId: id === nobody ? null : id },
          },
          { onError: tell },
        )
      }
    />
  );
}

const kinds = ['related', 'parent', 'child'] as const;
type Kind = (typeof kinds)[number];

function useOthers(order: AskedProps['order'], typed: string, scope: 'all' | 'open'): Option[] {
  const q = useDeferredValue(typed.trim());
  const found = useCall(
    listOrders,
    {
      query:
        q === '' && order.customerId !== null
          ? { scope, customerId: order.customerId, limit: 20 }
          : { scope, q, limit: 20 },
    },
    { staleTime: 10_000 },
  );
  return (found.data?.items ?? [])
    .filter(({ id }) => id !== order.id)
    .map((other) => ({
      id: other.id,
      label: `${other.number} ${other.subject}`,
      hint: say(other.stepName),
      keywords: `${other.customerName} ${q}`,
    }));
}

function Confirm({
  order,
  other,
  isMerge,
  onClose,
  onOpen,
}: AskedProps & { other: Option; isMerge: boolean }): ReactNode {
  const { t } = useTranslation('orders');
  const [kind, setKind] = useState<Kind>('related');
  const merge = useOrderAct(mergeOrder);
  const link = useOrderAct(linkOrder);
  const params = { id: order.id };
  const run = (): void => {
    const done = { onSuccess: onClose };
    if (isMerge) merge.mutate({ params, body: { otherId: other.id } }, done);
    else link.mutate({ params, body: { otherId: other.id, kind } }, done);
  };
  return (
    <Ask
      title={t(isMerge ? 'merge.title' : 'link.title')}
      deed={t(isMerge ? 'merge.deed' : 'link.deed')}
      act={isMerge ? merge : link}
      orderId={order.id}
      onClose={onClose}
      onSubmit={run}
    >
      <p>
        <button type="button" className="yd-side-plain" onClick={() => onOpen(other.id)}>
          {other.label}
        </button>
      </p>
      {isMerge ? (
        <p className="yd-soft">{t('merge.hint', { number: order.number })}</p>
      ) : (
        <label className="yd-order-field">
          <span>{t('link.kind')}</span>
          <select
            value={kind}
            onChange={(event) =>
              setKind(kinds.find((one) => one === event.target.value) ?? 'related')
            }
          >
            {kinds.map((one) => (
              <option key={one} value={one}>
                {t(`link.${one}`)}
              </option>
            ))}
          </select>
        </label>
      )}
    </Ask>
  );
}

/** Finds another order, then ties it to this one or merges it into this one. */
export function LinkPicker({ isMerge, ...props }: AskedProps & { isMerge: boolean }): ReactNode {
  const { t } = useTranslation('orders');
  const [typed, setTyped] = useState('');
  const [other, setOther] = useState<Option | null>(null);
  const options = useOthers(props.order, typed, isMerge ? 'open' : 'all');
  if (other) return <Confirm {...props} other={other} isMerge={isMerge} />;
  return (
    <Picker
      title={t(isMerge ? 'merge.title' : 'link.title')}
      placeholder={t('link.search')}
      options={options}
      onTyped={setTyped}
      onClose={props.onClose}
      onPick={(id) => {
        setOther(options.find((option) => option.id === id) ?? null);
        return 'stay';
      }}
    />
  );
}
