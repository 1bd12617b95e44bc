import type { MessagePart, MessageView, VisitorMessage, WidgetView } from '@yingda/contract';
import type { WidgetRow } from './store/widgets.ts';

export function presentWidget({ createdAt, ...widget }: WidgetRow): WidgetView {
  return { ...widget, createdAt: createdAt.toISOString() };
}

/** What happens between messages and is the visitor's business. */
const shownEvents = new Set<string>([
  'started',
  'queued',
  'assigned',
  'transferred',
  'resolved',
  'reopened',
  'customer_left',
]);

/** Names of people by id, for the events that say who came. */
export type Names = ReadonlyMap<string, string>;

function partOf(part: MessagePart, names: Names): MessagePart[] {
  if (part.type !== 'event') return [part];
  if (!shownEvents.has(part.event)) return [];
  // Ids of people and of queues stay inside; the visitor is told a name at most.
  const agentId = part.event === 'assigned' ? part.data['agentId'] : undefined;
  const agentName = typeof agentId === 'string' ? names.get(agentId) : undefined;
  return [{ ...part, data: agentName === undefined ? {} : { agentName } }];
}

/** Ids of people whose names `presentMessage` needs. */
export function namedIn(message: MessageView): string[] {
  return message.parts.flatMap((part) => {
    const id = part.type === 'event' && part.event === 'assigned' ? part.data['agentId'] : null;
    return typeof id === 'string' ? [id] : [];
  });
}

/** A message as the visitor may see it; null for what is none of their business: notes and inner events. */
export function presentMessage(message: MessageView, names: Names): VisitorMessage | null {
  const { id, seq, kind, author, clientKey, createdAt, retractedAt } = message;
  if (kind === 'note') return null;
  const parts = retractedAt ? [] : message.parts.flatMap((part) => partOf(part, names));
  if (kind === 'event' && parts.length === 0) return null;
  const isOwn = author.kind === 'customer';
  return {
    id,
    seq,
    kind,
    author: { kind: author.kind, id: null, name: kind === 'event' ? '' : author.name },
    parts,
    clientKey: isOwn ? clientKey : null,
    createdAt,
    retractedAt,
  };
}
