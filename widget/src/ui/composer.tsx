import type { JSX, TargetedClipboardEvent, TargetedKeyboardEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatState } from '../chat/state.ts';
import { EmojiPicker } from './emoji.tsx';
import { Icon } from './icons.tsx';
import { isPhone, sizeText, useUi } from './ui.ts';
import { useDrop } from './use-drop.ts';

const maxLength = 10_000;
const tallestPx = 128;

/** True for the key that sends. Not while an input method composes: there Enter picks a word. */
function sends(event: KeyboardEvent): boolean {
  const isComposing = event.isComposing || event.keyCode === 229;
  const isTouch = matchMedia('(pointer: coarse)').matches && isPhone();
  return event.key === 'Enter' && !event.shiftKey && !isComposing && !isTouch;
}

function useDraft(): [string, (text: string) => void] {
  const { chat } = useUi();
  const [text, setText] = useState(chat.draft.get);
  return [
    text,
    (next) => {
      chat.draft.set(next);
      setText(next);
    },
  ];
}

/** Sends files that are not too large and names the first that is. */
function useFiles(state: ChatState): { fault: string; send: (files: Iterable<File>) => void } {
  const { chat, t, locale } = useUi();
  const [fault, setFault] = useState('');
  const most = state.config?.maxUploadBytes ?? 0;
  const send = (files: Iterable<File>): void => {
    setFault('');
    for (const file of files) {
      if (most === 0 || file.size <= most) void chat.sendFile(file);
      else setFault(t('composer.tooLarge', { name: file.name, size: sizeText(most, locale) }));
    }
  };
  return { fault, send };
}

function AttachButton({ send }: { send: (files: Iterable<File>) => void }): JSX.Element {
  const { t } = useUi();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="round"
        aria-label={t('composer.attach')}
        onClick={() => input.current?.click()}
      >
        <Icon name="clip" />
      </button>
      <input
        ref={input}
        class="unseen"
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        onChange={({ currentTarget }) => {
          send([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
    </>
  );
}

function LinkState({ state }: { state: ChatState }): JSX.Element | null {
  const { t } = useUi();
  const [isLate, setLate] = useState(false);
  const isDown = state.link === 'down';
  // A line that is back at once is not worth a word.
  useEffect(() => {
    setLate(false);
    const timer = setTimeout(() => setLate(isDown), 2000);
    return () => clearTimeout(timer);
  }, [isDown]);
  if (!isDown || !isLate) return null;
  return (
    <p class="link-state" role="status">
      <i class="spin" />
      {t(navigator.onLine ? 'link.connecting' : 'link.offline')}
    </p>
  );
}

function useGrowing(text: string): { current: HTMLTextAreaElement | null } {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, tallestPx)}px`;
  }, [text]);
  return area;
}

export function Composer({ state }: { state: ChatState }): JSX.Element {
  const { t, chat } = useUi();
  const [text, setText] = useDraft();
  const area = useGrowing(text);
  const files = useFiles(state);
  const isDropping = useDrop(area, files.send);
  const over = text.length - maxLength;
  const canSend = text.trim() !== '' && over <= 0;

  const send = (): void => {
    if (!canSend) return;
    chat.sendText(text.trim());
    setText('');
    area.current?.focus();
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    if (!sends(event)) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: TargetedClipboardEvent<HTMLTextAreaElement>): void => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    files.send(pasted);
  };
  const insert = (emoji: string): void => {
    const at = area.current?.selectionStart ?? text.length;
    setText(text.slice(0, at) + emoji + text.slice(area.current?.selectionEnd ?? at));
    area.current?.focus();
  };
  const fault = over > 0 ? t('composer.tooLong', { n: over }) : files.fault;
  const isOver = state.conversation?.status === 'resolved';
  return (
    <footer class="composer">
      <LinkState state={state} />
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <div class="box">
        <textarea
          ref={area}
          data-first
          rows={1}
          value={text}
          aria-label={t('composer.label')}
          aria-invalid={over > 0}
          placeholder={t(isOver ? 'composer.again' : 'composer.placeholder')}
          enterkeyhint="send"
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            if (currentTarget.value !== '') chat.typing();
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <EmojiPicker pick={insert} />
        <AttachButton send={files.send} />
        <button
          type="button"
          class="send"
          aria-label={t('composer.send')}
          disabled={!canSend}
          onClick={send}
        >
          <Icon name="send" />
        </button>
      </div>
      {isDropping && <div class="drop">{t('composer.drop')}</div>}
    </footer>
  );
}
