import type { MessagePart, MessageView, PartInput } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { previewOf, resolveParts } from '../domain/parts.ts';
import { presentMessage } from '../present.ts';
import type { Appended, NewMessage } from '../store/append.ts';
import { findByKey } from '../store/message.ts';
import type { MessagePosted } from '../events.ts';
import { appendIn } from './append.ts';
import { fileViews } from './files.ts';

/** Fills in the files a sender named. */
export async function partsFrom(ctx: Ctx, given: PartInput[]): Promise<MessagePart[]> {
  const ids = given.flatMap((part) => (part.type === 'file' ? [part.fileId] : []));
  return resolveParts(given, ids.length > 0 ? await fileViews(ctx, ids) : new Map());
}

type Draft = Omit<NewMessage, 'id' | 'preview' | 'mentions'> & { mentions?: string[] };

/** A message ready to store. */
export function newMessage(draft: Draft): NewMessage {
  return { mentions: [], ...draft, id: newId(), preview: previewOf(draft.parts) };
}

/** What the sender is told: the message as stored, now or by an earlier try with the same key. */
export async function viewOf(
  ctx: Ctx,
  message: NewMessage,
  result: Appended,
): Promise<MessageView> {
  if (result.outcome === 'stored') return (result.payload as MessagePosted).message;
  if (result.outcome === 'repeated' && message.clientKey !== null) {
    const row = await findByKey(ctx.db, message.conversationId, message.clientKey);
    return presentMessage(orProblem(row, 'message.not_found'));
  }
  throw new Problem('conversation.not_found');
}

type EventPart = Extract<MessagePart, { type: 'event' }>;

/** Writes what happened between the messages, in the transaction in which it happens. */
export async function tellInline(
  tx: Tx,
  conversationId: string,
  { event, data = {} }: { event: EventPart['event']; data?: EventPart['data'] },
): Promise<void> {
  const name = tx.actor.kind === 'user' ? tx.actor.name : '';
  const message = newMessage({
    conversationId,
    kind: 'event',
    authorKind: tx.actor.kind === 'user' ? 'agent' : 'system',
    authorId: tx.actor.kind === 'user' ? tx.actor.userId : null,
    authorName: name,
    parts: [{ type: 'event', event, data }],
    clientKey: null,
  });
  await appendIn(tx, message);
}
