import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChatState } from '../chat/state.ts';
import type { FileView, Locale } from '../chat/types.ts';
import type { TextKey, Translate } from '../lib/locale.ts';
import { Bubble } from './bubble.tsx';
import { EmailCard } from './email-card.tsx';
import { Icon } from './icons.tsx';
import { rowsOf } from './rows.ts';
import type { BubbleRow, Row } from './rows.ts';
import { useUi } from './ui.ts';

/** Closer to the end than this counts as reading the end. */
const nearPx = 80;

function dayText(at: string, t: Translate, locale: Locale): string {
  const day = new Date(at);
  const age = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toDateString();
  if (day.toDateString() === age(0)) return t('messages.today');
  if (day.toDateString() === age(1)) return t('messages.yesterday');
  return day.toLocaleDateString(locale, { month: 'long', day: 'numeric', weekday: 'short' });
}

function EventLine({ row }: { row: Extract<Row, { kind: 'event' }> }): JSX.Element {
  const { t } = useUi();
  const key: TextKey =
    row.event === 'assigned' && !row.name
      ? 'event.assignedPlain'
      : `event.${row.event as 'assigned'}`;
  return <p class="line">{t(key, { name: row.name })}</p>;
}

function Greeting({ state }: { state: ChatState }): JSX.Element | null {
  const { locale } = useUi();
  const text = state.config?.settings.greeting[locale];
  if (!text || state.timeline.hasEarlier) return null;
  return (
    <div class="row first last">
      <div class="bubble">{text}</div>
    </div>
  );
}

function waitText(seconds: number | null, t: Translate): string {
  if (seconds === null) return t('queue.waiting');
  return seconds < 60 ? t('queue.seconds') : t('queue.minutes', { n: Math.ceil(seconds / 60) });
}

function QueuePlace({ state }: { state: ChatState }): JSX.Element | null {
  const { t } = useUi();
  const { conversation, config } = state;
  if (conversation?.status !== 'queued') return null;
  const { position, estimatedWaitSeconds } = conversation;
  const isClosed = config?.open === false;
  const place = position === 1 ? t('queue.next') : t('queue.position', { n: position ?? 0 });
  return (
    <div class="notice" role="status">
      <Icon name="clock" />
      <div>
        {isClosed && <strong>{t('closed.thanks')}</strong>}
        {position !== null && !isClosed && <strong>{place}</strong>}
        <p>{isClosed ? t('closed.nobody') : waitText(estimatedWaitSeconds, t)}</p>
      </div>
    </div>
  );
}

function Typing({ name }: { name: string }): JSX.Element {
  const { t } = useUi();
  return (
    <div class="row first last">
      <div class="bubble typing" role="img" aria-label={t('messages.typing', { name })}>
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}

/** Keeps the end in sight for who reads the end, and the place for who reads further up. */
function useScroll(
  rows: readonly Row[],
  extra: unknown,
): {
  ref: { current: HTMLDivElement | null };
  below: boolean;
  onScroll: () => void;
  toEnd: () => void;
} {
  const ref = useRef<HTMLDivElement>(null);
  const kept = useRef({ atEnd: true, height: 0, first: '' });
  const [below, setBelow] = useState(false);
  const first = rows.find((row) => row.kind !== 'day')?.key ?? '';
  const last = rows.at(-1);
  const isOwn = last?.kind === 'bubble' && last.own;
  const toEnd = (): void => {
    if (ref.current) ref.current.scrollTop = ref.current.scrollHeight;
  };
  useLayoutEffect(() => {
    const list = ref.current;
    if (!list) return;
    const { atEnd, height, first: firstBefore } = kept.current;
    if (atEnd || isOwn) toEnd();
    else if (first !== firstBefore) list.scrollTop += list.scrollHeight - height;
    else setBelow(true);
    kept.current = { ...kept.current, height: list.scrollHeight, first };
  }, [first, last?.key, isOwn, extra]);
  const onScroll = (): void => {
    const list = ref.current;
    if (!list) return;
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < nearPx;
    kept.current = { ...kept.current, atEnd };
    if (atEnd) setBelow(false);
  };
  return { ref, below, onScroll, toEnd };
}

/** Index of the visitor's last message: the one that tells whether it was read. */
function lastOwn(rows: readonly Row[]): BubbleRow | undefined {
  return rows.findLast((row): row is BubbleRow => row.kind === 'bubble' && row.own);
}

export function Messages({
  state,
  show,
}: {
  state: ChatState;
  show: (file: FileView) => void;
}): JSX.Element {
  const { t, locale, chat } = useUi();
  const { timeline, pending, agentTyping, conversation } = state;
  const rows = useMemo(() => rowsOf(timeline.messages, pending), [timeline, pending]);
  const tail = lastOwn(rows);
  const { ref, below, onScroll, toEnd } = useScroll(rows, `${agentTyping}${conversation?.status}`);
  return (
    <div class="body">
      <div
        ref={ref}
        class="messages"
        role="log"
        aria-live="off"
        aria-label={t('messages.region')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the arrow keys scroll it
        tabIndex={0}
        onScroll={onScroll}
      >
        {timeline.hasEarlier && (
          <button
            type="button"
            class="link centre"
            onClick={() => void chat.loadEarlier().catch(() => undefined)}
          >
            {t('messages.earlier')}
          </button>
        )}
        <Greeting state={state} />
        {rows.map((row) => {
          if (row.kind === 'event') return <EventLine key={row.key} row={row} />;
          if (row.kind === 'bubble') {
            return (
              <Bubble key={row.key} row={row} state={state} isTail={row === tail} show={show} />
            );
          }
          return (
            <p key={row.key} class="line day">
              <time dateTime={row.at}>{dayText(row.at, t, locale)}</time>
            </p>
          );
        })}
        <QueuePlace state={state} />
        <EmailCard state={state} />
        {agentTyping && <Typing name={agentTyping} />}
      </div>
      {below && (
        <button type="button" class="below" onClick={toEnd}>
          {t('messages.newBelow')}
          <Icon name="down" size={16} />
        </button>
      )}
    </div>
  );
}
