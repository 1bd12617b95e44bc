import { DownOutlined } from '@ant-design/icons';
import type { PresenceState, PresenceView } from '@yingda/contract';
import { getMyPresence, setMyPresence } from '@yingda/contract';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../lib/api.ts';
import { useMe } from '../lib/me.ts';
import { keyOf, queryClient, useCall } from '../lib/query.ts';
import { useLiveEvent, useLiveGap } from '../lib/use-live.ts';
import { useCommands } from '../ui/commands.ts';
import { Menu } from '../ui/menu.tsx';
import type { MenuItem } from '../ui/menu.tsx';
import { Timer } from '../ui/time.tsx';
import { toast } from '../ui/toast.tsx';

const colours: Record<PresenceState, string> = {
  ready: 'var(--yd-green)',
  busy: 'var(--yd-red)',
  break: 'var(--yd-amber)',
  after_call_work: 'var(--yd-blue)',
  training: 'var(--yd-blue)',
  offline: 'var(--yd-text-faint)',
};
const breakReasons = ['meal', 'rest', 'meeting'] as const;

/** Boxed, so that a menu may size the box and the dot stays round. */
function Dot({ state }: { state: PresenceState }): ReactNode {
  return (
    <span className="yd-dot-box" aria-hidden>
      <span className="yd-state-dot" style={{ background: colours[state] }} />
    </span>
  );
}

function keep(presence: PresenceView): void {
  queryClient.setQueryData(keyOf(getMyPresence), presence);
}

async function choose(state: PresenceState, reason?: string): Promise<void> {
  try {
    keep(await call(setMyPresence, { body: { state, ...(reason ? { reason } : {}) } }));
  } catch (error) {
    toast.problem(error);
  }
}

function useReasonText(): (reason: string) => string {
  const { t } = useTranslation();
  return (reason) => t(`presence.reason.${reason}`, { defaultValue: reason });
}

/** My state with how long it lasts, and the menu to change it. */
export function PresenceMenu(): ReactNode {
  const { t } = useTranslation();
  const me = useMe();
  const { data, refetch } = useCall(getMyPresence);
  const reasonText = useReasonText();
  useLiveEvent('presence.changed', ({ presence }) => {
    if (presence.userId === me.id) keep(presence);
  });
  useLiveGap(() => void refetch());
  const states = ['ready', 'busy', 'after_call_work', 'break', 'training', 'offline'] as const;
  const set = (state: PresenceState): void =>
    void choose(state, state === 'break' ? 'rest' : undefined);
  useCommands(
    states.map((state) => ({
      id: `presence.${state}`,
      label: t('presence.become', { state: t(`presence.${state}`) }),
      group: t('presence.title'),
      icon: <Dot state={state} />,
      run: () => set(state),
    })),
  );
  if (!data) return null;
  const deed = (state: PresenceState): MenuItem => ({
    key: state,
    label: t(`presence.${state}`),
    icon: <Dot state={state} />,
    checked: data.state === state,
  });
  const items: MenuItem[] = [
    deed('ready'),
    deed('busy'),
    deed('after_call_work'),
    deed('training'),
    deed('offline'),
    'rule',
    { heading: t('presence.break') },
    ...breakReasons.map((reason) => ({
      key: `break:${reason}`,
      label: t(`presence.reason.${reason}`),
      icon: <Dot state="break" />,
      checked: data.state === 'break' && data.reason === reason,
    })),
  ];
  const label = data.reason ? reasonText(data.reason) : t(`presence.${data.state}`);
  return (
    <Menu
      items={items}
      onChoose={(key) => {
        const [state, reason] = key.split(':');
        const found = states.find((one) => one === state);
        if (found) void choose(found, reason);
      }}
    >
      <Button type="text" className="yd-presence">
        <span className="yd-state-dot" style={{ background: colours[data.state] }} aria-hidden />
        <span>{label}</span>
        <span className="yd-soft yd-narrow-hidden">
          <Timer since={data.since} />
        </span>
        <DownOutlined style={{ fontSize: 10 }} aria-hidden />
      </Button>
    </Menu>
  );
}
