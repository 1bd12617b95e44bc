import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  FireOutlined,
  MinusOutlined,
  TagOutlined,
  UserDeleteOutlined,
} from '@ant-design/icons';
import type { Priority, PresenceView } from '@yingda/contract';
import { listPresence, listTags } from '@yingda/contract';
import { useDeferredValue, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../lib/me.ts';
import { useCall } from '../../../lib/query.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { useColleagues } from '../data/people.ts';
import { type Option, Picker } from '../../../ui/picker.tsx';

interface Shared {
  anchor: Element | null;
  onClose: () => void;
}

const stateOrder: readonly PresenceView['state'][] = [
  'ready',
  'busy',
  'after_call_work',
  'training',
  'break',
  'offline',
];

/** Colleagues to give work to: me first, then those who are ready, each with state and open work. */
export function useAgentOptions(teamId: string | null): Option[] {
  const { t } = useTranslation('desk');
  const me = useMe();
  const colleagues = useColleagues();
  const presence = useCall(listPresence, {}, { staleTime: 5000 }).data?.items ?? [];
  const stateOf = new Map(presence.map((item) => [item.userId, item]));
  const rank = (id: string): number => {
    const known = stateOf.get(id);
    return known ? stateOrder.indexOf(known.state) : stateOrder.length;
  };
  return colleagues
    .filter((person) => person.active && (teamId === null || person.teamIds.includes(teamId)))
    .toSorted((a, b) => Number(b.id === me.id) - Number(a.id === me.id) || rank(a.id) - rank(b.id))
    .map((person) => {
      const state = stateOf.get(person.id);
      return {
        id: person.id,
        label: person.id === me.id ? t('assign.me', { name: person.name }) : person.name,
        icon: <Avatar name={person.name} image={person.image} px={22} />,
        ...(state
          ? {
              hint: t('assign.state', {
                state: t(`common:presence.${state.state}`),
                count: state.openCount,
              }),
            }
          : {}),
      };
    });
}

const nobody = 'nobody';

/** Chooses who works on a conversation. */
export function AssignPicker({
  assigneeId,
  teamId,
  mayGive,
  onPick,
  ...shared
}: Shared & {
  assigneeId: string | null | undefined;
  /** Work stays in its team; null for conversations of several. */
  teamId: string | null;
  /** Giving work to others; without it one may take it or put it back. */
  mayGive: boolean;
  onPick: (id: string | null) => void;
}): ReactNode {
  const { t } = useTranslation('desk');
  const me = useMe();
  const agents = useAgentOptions(teamId).filter(({ id }) => mayGive || id === me.id);
  const options: Option[] = [
    ...agents.map((option) => ({ ...option, checked: option.id === assigneeId })),
    {
      id: nobody,
      label: t('assign.nobody'),
      icon: <UserDeleteOutlined />,
      checked: assigneeId === null,
    },
  ];
  return (
    <Picker
      {...shared}
      title={t('assign.title')}
      placeholder={t('assign.placeholder')}
      options={options}
      onPick={(id) => onPick(id === nobody ? null : id)}
    />
  );
}

const priorities: readonly [Priority, ReactNode][] = [
  ['urgent', <FireOutlined key="urgent" />],
  ['high', <ArrowUpOutlined key="high" />],
  ['normal', <MinusOutlined key="normal" />],
  ['low', <ArrowDownOutlined key="low" />],
];

export function PriorityPicker({
  priority,
  onPick,
  ...shared
}: Shared & { priority: Priority | null; onPick: (priority: Priority) => void }): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <Picker
      {...shared}
      title={t('marks:priority.title')}
      placeholder={t('marks:priority.title')}
      options={priorities.map(([id, icon]) => ({
        id,
        label: t(`marks:priority.${id}`),
        icon,
        checked: id === priority,
      }))}
      onPick={(id) => {
        const found = priorities.find(([known]) => known === id);
        if (found) onPick(found[0]);
      }}
    />
  );
}

/** Chooses tags: those in use as one types, or a new one. */
export function TagPicker({
  tags,
  onToggle,
  ...shared
}: Shared & { tags: readonly string[]; onToggle: (tag: string) => void }): ReactNode {
  const { t } = useTranslation('desk');
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const known =
    useCall(listTags, { query: q === '' ? {} : { q } }, { staleTime: 10_000 }).data?.items ?? [];
  const all = [...new Set([...tags, ...known.map(({ tag }) => tag)])];
  const usesOf = new Map(known.map(({ tag, uses }) => [tag, uses]));
  return (
    <Picker
      {...shared}
      several
      title={t('tags.title')}
      placeholder={t('tags.placeholder')}
      onTyped={setTyped}
      options={all.map((tag) => ({
        id: tag,
        label: tag,
        icon: <TagOutlined />,
        checked: tags.includes(tag),
        ...(usesOf.has(tag) ? { hint: t('tags.uses', { count: usesOf.get(tag) ?? 0 }) } : {}),
      }))}
      create={(name) =>
        all.some((tag) => tag.toLowerCase() === name.toLowerCase()) || name.length > 60
          ? null
          : { id: name, label: t('tags.create', { name }), icon: <TagOutlined /> }
      }
      onPick={onToggle}
    />
  );
}
