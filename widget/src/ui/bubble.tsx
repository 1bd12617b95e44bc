import type { ComponentChildren, JSX } from 'preact';
import type { ChatState } from '../chat/state.ts';
import type { FileView, MessagePart } from '../chat/types.ts';
import { problemText } from '../lib/locale.ts';
import type { Translate } from '../lib/locale.ts';
import type { Entry } from '../sync/outbox.ts';
import { Icon } from './icons.tsx';
import { linkified } from './linkify.tsx';
import type { BubbleRow } from './rows.ts';
import { sizeText, useUi } from './ui.ts';

interface Props {
  row: BubbleRow;
  state: ChatState;
  /** The visitor's last message: tells whether it was read. */
  isTail: boolean;
  show: (file: FileView) => void;
}

const mostPx = 232;

/** The size a picture will have, known before it is loaded, so that nothing jumps. */
function frameOf({ width, height }: FileView): { width?: number; height?: number } {
  if (!width || !height) return {};
  const scale = Math.min(1, mostPx / width, mostPx / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function FileChip({
  name,
  detail,
  url,
}: {
  name: string;
  detail: string;
  url?: string;
}): JSX.Element {
  const content = (
    <>
      <span class="file-icon">
        <Icon name="file" />
      </span>
      <span class="file-text">
        <b>{name}</b>
        <small>{detail}</small>
      </span>
    </>
  );
  if (!url) return <span class="file">{content}</span>;
  return (
    <a class="file" href={url} target="_blank" rel="noopener noreferrer" download={name}>
      {content}
    </a>
  );
}

function Part({
  part,
  show,
}: {
  part: MessagePart;
  show: (file: FileView) => void;
}): JSX.Element | null {
  const { t, base, locale } = useUi();
  if (part.type === 'text') return <div class="bubble text">{linkified(part.text)}</div>;
  if (part.type === 'event') return null;
  const { file } = part;
  const url = new URL(file.url, base).href;
  if (part.type === 'file') {
    return (
      <div class="bubble">
        <FileChip name={file.name} detail={sizeText(file.size, locale)} url={url} />
      </div>
    );
  }
  return (
    <button
      type="button"
      class="picture"
      aria-label={t('messages.image', { name: file.name })}
      onClick={() => show(file)}
    >
      <img src={url} alt={file.name} loading="lazy" {...frameOf(file)} />
    </button>
  );
}

function Waiting({ entry, share }: { entry: Entry; share: number }): JSX.Element {
  const { t, locale } = useUi();
  const { text, file } = entry;
  if (!file) return <div class="bubble text">{linkified(text ?? '')}</div>;
  return (
    <div class="bubble">
      <FileChip name={file.name} detail={sizeText(file.size, locale)} />
      {entry.failed === undefined && (
        <progress max={1} value={share} aria-label={t('messages.uploading', { name: file.name })} />
      )}
    </div>
  );
}

function Failed({ entry }: { entry: Entry }): JSX.Element {
  const { t, chat } = useUi();
  return (
    <p class="meta fault">
      <span>{t('messages.failed')}</span>
      <span>{problemText(t, entry.failed ?? '')}</span>
      <button type="button" class="link" onClick={() => chat.retry(entry.order)}>
        {t('messages.retry')}
      </button>
      <button type="button" class="link" onClick={() => chat.discard(entry.order)}>
        {t('messages.discard')}
      </button>
    </p>
  );
}

function stateText({ row, state, isTail }: Props, t: Translate): string {
  if (row.entry) return t(navigator.onLine ? 'messages.sending' : 'messages.waiting');
  if (!row.own || !isTail || !row.message) return '';
  const { seq } = row.message;
  const answered =
    state.timeline.messages.findLast(({ author }) => author.kind === 'agent')?.seq ?? 0;
  // Who answers has read what stands above.
  const isRead = Math.max(state.conversation?.agentReadSeq ?? 0, answered) >= seq;
  return t(isRead ? 'messages.read' : 'messages.sent');
}

function Meta(props: Props): JSX.Element | null {
  const { t, locale } = useUi();
  const { row } = props;
  const text = stateText(props, t);
  if (row.entry?.failed !== undefined) return <Failed entry={row.entry} />;
  // One line for a run; the visitor's last message also tells how far it came.
  if (!row.last && !props.isTail) return null;
  const time = new Date(row.at).toLocaleTimeString(locale, { timeStyle: 'short' });
  return (
    <p class="meta">
      <time dateTime={row.at}>{time}</time>
      {text && <span>{text}</span>}
    </p>
  );
}

function content({ row, state, show }: Props): ComponentChildren {
  const { message, entry } = row;
  if (entry) return <Waiting entry={entry} share={state.progress[entry.order] ?? 0} />;
  return message?.parts.map((part, index) => <Part key={index} part={part} show={show} />);
}

/** One message of either side. */
export function Bubble(props: Props): JSX.Element {
  const { t } = useUi();
  const { row } = props;
  const { own, first, last, message, authorName } = row;
  const classes = ['row', own && 'own', first && 'first', last && 'last', row.entry && 'waiting'];
  return (
    <div class={classes.filter(Boolean).join(' ')}>
      {first && !own && <p class="author">{authorName}</p>}
      {own && <span class="unseen">{t('messages.you')}</span>}
      {message?.retractedAt ? (
        <p class="line">{t(own ? 'messages.retractedOwn' : 'messages.retracted')}</p>
      ) : (
        <>
          {content(props)}
          <Meta {...props} />
        </>
      )}
    </div>
  );
}
