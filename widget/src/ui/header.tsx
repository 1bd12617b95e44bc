import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ChatState } from '../chat/state.ts';
import type { Translate } from '../lib/locale.ts';
import { useDismiss } from './focus.ts';
import { Icon } from './icons.tsx';
import { useUi } from './ui.ts';

function statusOf({ conversation, config }: ChatState, t: Translate): string {
  if (conversation?.status === 'active' && conversation.agentName) {
    return t('header.agent', { name: conversation.agentName });
  }
  if (config && !config.open) return t('header.away');
  return conversation?.status === 'queued' ? t('header.queued') : t('header.online');
}

function Menu({ end }: { end: (() => void) | null }): JSX.Element {
  const { t, sound } = useUi();
  const [isOpen, setOpen] = useState(false);
  // Around button and list alike: a press on the button is not one outside.
  const ref = useDismiss<HTMLDivElement>(isOpen, () => setOpen(false));
  const on = sound.on();
  const choose = (work: () => void) => (): void => {
    setOpen(false);
    work();
  };
  return (
    <div ref={ref} class="menu-place">
      <button
        type="button"
        class="round"
        aria-label={t('header.menu')}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="more" />
      </button>
      {isOpen && (
        <div class="menu">
          <button type="button" onClick={choose(() => sound.set(!on))}>
            <Icon name={on ? 'silent' : 'sound'} />
            {t(on ? 'header.mute' : 'header.unmute')}
          </button>
          {end && (
            <button type="button" onClick={choose(end)}>
              <Icon name="leave" />
              {t('header.end')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** First letter of the agent's or the company's name. */
function initialOf({ conversation, config }: ChatState): string {
  const name = conversation?.agentName ?? config?.organisationName ?? '';
  return (Array.from(name.trim())[0] ?? '').toUpperCase();
}

export function Header({ state, end }: { state: ChatState; end: () => void }): JSX.Element {
  const { t, locale, setOpen } = useUi();
  const status = state.conversation?.status;
  const canEnd = status === 'queued' || status === 'active';
  return (
    <header class="header">
      <span class="avatar" aria-hidden="true">
        {initialOf(state)}
        {state.config?.open && <i class="dot" />}
      </span>
      <div class="titles">
        <h1>{state.config?.settings.title[locale]}</h1>
        <p>{statusOf(state, t)}</p>
      </div>
      <Menu end={canEnd ? end : null} />
      <button
        type="button"
        class="round"
        aria-label={t('header.close')}
        onClick={() => setOpen(false)}
      >
        <Icon name="close" />
      </button>
    </header>
  );
}
