import type { JSX } from 'preact';
import { unreadOf } from '../chat/chat.ts';
import type { ChatState } from '../chat/state.ts';
import { Icon } from './icons.tsx';
import { Panel } from './panel.tsx';
import { UiContext, useChat } from './ui.ts';
import type { Ui } from './ui.ts';

const isOngoing = ({ conversation }: ChatState): boolean =>
  conversation !== null && conversation.status !== 'resolved';

/** Nothing is shown on pages the widget may not stand on, and out of hours where it was set so. */
function isHidden(state: ChatState): boolean {
  const { config, problem } = state;
  if (!config || (problem !== null && problem !== 'widget.identity_invalid')) return true;
  return !config.open && config.settings.whenClosed === 'hide' && !isOngoing(state);
}

function Launcher({ ui, state }: { ui: Ui; state: ChatState }): JSX.Element {
  const unread = unreadOf(state).length;
  const { t } = ui;
  const idle = unread > 0 ? t('launcher.unread', { n: unread }) : t('launcher.open');
  return (
    <button
      type="button"
      class={`launcher${state.open ? ' is-open' : ''}`}
      aria-label={state.open ? t('launcher.close') : idle}
      aria-expanded={state.open}
      aria-haspopup="dialog"
      onClick={() => ui.setOpen(!state.open)}
    >
      <Icon name={state.open ? 'down' : 'chat'} size={28} />
      {unread > 0 && !state.open && (
        <span class="badge" aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </button>
  );
}

export function App({ ui }: { ui: Ui }): JSX.Element | null {
  const state = useChat(ui.chat);
  if (isHidden(state)) return null;
  const side = state.config?.settings.position === 'left' ? 'left' : 'right';
  return (
    <UiContext.Provider value={ui}>
      <div class={`widget ${side}`} lang={ui.locale}>
        {/* First in the tree, so that the panel can give focus back to it. */}
        <Launcher ui={ui} state={state} />
        {state.open && <Panel state={state} />}
        <div class="unseen" role="status" aria-live="polite">
          {state.announcement}
        </div>
      </div>
    </UiContext.Provider>
  );
}
