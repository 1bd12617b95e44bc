import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ChatState } from '../chat/state.ts';
import type { FileView } from '../chat/types.ts';
import { problemText } from '../lib/locale.ts';
import { ClosedForm } from './closed-form.tsx';
import { Composer } from './composer.tsx';
import { EndQuestion } from './end-question.tsx';
import { useFocusTrap } from './focus.ts';
import { Header } from './header.tsx';
import { Lightbox } from './lightbox.tsx';
import { Messages } from './messages.tsx';
import { openQuestions, PreChat } from './pre-chat.tsx';
import { isPhone, useUi } from './ui.ts';

type Screen = 'loading' | 'refused' | 'closed' | 'form' | 'chat';

function screenOf(state: ChatState): Screen {
  const { config, problem, ready, conversation } = state;
  if (problem) return 'refused';
  // Before the first answer of the server only what waits to be sent can be shown.
  if (!config || (!ready && state.pending.length === 0)) return 'loading';
  if (!config.open && (conversation === null || conversation.status === 'resolved'))
    return 'closed';
  const asks = conversation === null && state.fields === null && openQuestions(state).length > 0;
  return asks && state.pending.length === 0 ? 'form' : 'chat';
}

/** On a phone the panel fills what the keyboard leaves, and the page behind does not scroll. */
function usePhoneFrame(): void {
  useEffect(() => {
    const page = document.documentElement;
    const before = page.style.overflow;
    if (isPhone()) page.style.overflow = 'hidden';
    return () => {
      page.style.overflow = before;
    };
  }, []);
}

function useVisibleHeight(panel: { current: HTMLElement | null }): void {
  useEffect(() => {
    const viewport = globalThis.visualViewport;
    if (!viewport) return undefined;
    const fit = (): void => {
      panel.current?.style.setProperty('--seen', `${viewport.height}px`);
      panel.current?.style.setProperty('--shift', `${viewport.offsetTop}px`);
    };
    fit();
    viewport.addEventListener('resize', fit);
    viewport.addEventListener('scroll', fit);
    return () => {
      viewport.removeEventListener('resize', fit);
      viewport.removeEventListener('scroll', fit);
    };
  }, [panel]);
}

function Loading(): JSX.Element {
  const { t } = useUi();
  return (
    <div class="body loading" aria-busy="true" aria-label={t('link.connecting')} role="status">
      <i class="bone short" />
      <i class="bone" />
      <i class="bone own" />
    </div>
  );
}

function Body({ state, show }: { state: ChatState; show: (file: FileView) => void }): JSX.Element {
  const { t } = useUi();
  const screen = screenOf(state);
  if (screen === 'loading') return <Loading />;
  if (screen === 'refused')
    return <p class="body refused">{problemText(t, state.problem ?? '')}</p>;
  if (screen === 'closed') return <ClosedForm state={state} />;
  if (screen === 'form') return <PreChat state={state} />;
  return (
    <>
      <Messages state={state} show={show} />
      <Composer state={state} />
    </>
  );
}

export function Panel({ state }: { state: ChatState }): JSX.Element {
  const ui = useUi();
  const ref = useFocusTrap<HTMLElement>(() => ui.setOpen(false));
  const [picture, setPicture] = useState<FileView | null>(null);
  const [isEnding, setEnding] = useState(false);
  usePhoneFrame();
  useVisibleHeight(ref);
  const title = state.config?.settings.title[ui.locale] ?? '';
  return (
    <section
      ref={ref}
      class="panel"
      role="dialog"
      aria-modal={isPhone()}
      aria-label={title}
      tabIndex={-1}
    >
      <Header state={state} end={() => setEnding(true)} />
      <Body state={state} show={setPicture} />
      {isEnding && <EndQuestion close={() => setEnding(false)} />}
      {picture && <Lightbox file={picture} close={() => setPicture(null)} />}
    </section>
  );
}
