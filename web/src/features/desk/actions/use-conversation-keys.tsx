import {
  CheckOutlined,
  ClockCircleOutlined,
  EditOutlined,
  FlagOutlined,
  LockOutlined,
  RollbackOutlined,
  SwapOutlined,
  TagOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons';
import type { ConversationSummary } from '@yingda/contract';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../../../lib/use-shortcuts.ts';
import { useCommands } from '../../../ui/commands.ts';
import type { ComposerHandle } from '../composer/composer.tsx';
import type { Actions } from '../data/use-actions.ts';
import type { Ask } from './use-asking.ts';

interface KeysInput {
  conversation: ConversationSummary;
  actions: Actions;
  ask: Ask;
  composer: RefObject<ComposerHandle | null>;
  mayReply: boolean;
}

interface Deed {
  id: string;
  keys?: string;
  icon: ReactNode;
  run: () => void;
}

/** Everything one can do with the open conversation, as far as its status allows it. */
function deedsFor({ conversation, actions, ask, composer }: KeysInput): Deed[] {
  const { status } = conversation;
  const isResolved = status === 'resolved';
  const always: Deed[] = [
    { id: 'note', keys: 'n', icon: <LockOutlined />, run: () => composer.current?.write('note') },
    { id: 'tag', keys: 'l', icon: <TagOutlined />, run: () => ask('tags', null) },
    { id: 'priority', keys: 'p', icon: <FlagOutlined />, run: () => ask('priority', null) },
  ];
  if (isResolved) {
    return [
      ...always,
      { id: 'reopen', keys: 'shift+e', icon: <RollbackOutlined />, run: actions.reopen },
    ];
  }
  const open: Deed[] = [
    {
      id: 'reply',
      keys: 'r',
      icon: <EditOutlined />,
      run: () => composer.current?.write('message'),
    },
    { id: 'resolve', keys: 'e', icon: <CheckOutlined />, run: actions.resolve },
    { id: 'transfer', keys: 't', icon: <SwapOutlined />, run: () => ask('transfer', null) },
    { id: 'assign', keys: 'a', icon: <UserSwitchOutlined />, run: () => ask('assign', null) },
    { id: 'snooze', keys: 's', icon: <ClockCircleOutlined />, run: () => ask('snooze', null) },
  ];
  const back: Deed =
    status === 'open'
      ? { id: 'wait', keys: 'w', icon: <RollbackOutlined />, run: actions.waitForCustomer }
      : {
          id: status === 'snoozed' ? 'wake' : 'reopen',
          keys: 'shift+e',
          icon: <RollbackOutlined />,
          run: actions.reopen,
        };
  return [...open, ...always, back];
}

/** Keys and commands (Ctrl-K) for the open conversation. */
export function useConversationKeys(input: KeysInput): void {
  const { t } = useTranslation('desk');
  const deeds = input.mayReply ? deedsFor(input) : [];
  useShortcuts(
    deeds.flatMap(({ id, keys, run }) =>
      keys === undefined
        ? []
        : [{ keys, label: `desk:actions.${id}`, group: 'desk:keys.conversation', run }],
    ),
  );
  useCommands(
    deeds.map(({ id, keys, icon, run }) => ({
      id: `conversation.${id}`,
      label: t(`actions.${id}`),
      group: t('keys.conversation'),
      icon,
      run,
      ...(keys === undefined ? {} : { keys }),
    })),
  );
}
