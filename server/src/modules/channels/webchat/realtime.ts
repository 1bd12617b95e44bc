import { projection } from '../../../platform/realtime/projection.ts';
import type { Sending } from '../../../platform/realtime/projection.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import type { MessageView } from '@yingda/contract';
import {
  conversationChanged,
  conversationRead,
  messagePosted,
  messageRetracted,
} from '../../conversations/index.ts';
import { queueMoved } from '../../routing/index.ts';
import { namedIn, presentMessage } from './present.ts';
import { agentNames } from './service/known.ts';
import { followQueue, tellConversation } from './service/presence.ts';

const nobody = new Map<string, string>();

type Telling = { sourceId: string | null; message: MessageView };

/** A message to its visitor, if it is one that visitors see and there is anybody to hear it. */
function telling(
  ctx: Ctx,
  { sourceId, message }: Telling,
  type: 'visitor.message' | 'visitor.message_changed',
): Sending[] | Promise<Sending[]> {
  const room = `visitor:${sourceId}`;
  if (sourceId === null || !ctx.services.live.watched(room)) return [];
  const send = (names: ReadonlyMap<string, string>): Sending[] => {
    const shown = presentMessage(message, names);
    return shown ? [{ rooms: [room], event: { type, message: shown } }] : [];
  };
  const people = namedIn(message);
  return people.length === 0 ? send(nobody) : agentNames(ctx, people).then(send);
}

export const projections = [
  projection(messagePosted, (event, ctx) => telling(ctx, event, 'visitor.message')),
  projection(messageRetracted, (event, ctx) => telling(ctx, event, 'visitor.message_changed')),
  projection(conversationChanged, async ({ sourceId }, ctx) => {
    if (sourceId !== null) await tellConversation(ctx, sourceId);
    return [];
  }),
  projection(conversationRead, async ({ sourceId, by }, ctx) => {
    if (sourceId !== null && by === 'agent') await tellConversation(ctx, sourceId);
    return [];
  }),
  projection(queueMoved, ({ queueId }, ctx) => {
    // Not awaited: a long queue must not hold up what comes after.
    followQueue(ctx.services, queueId).catch((err: unknown) =>
      ctx.log.warn({ err }, 'places in a queue were not told'),
    );
    return [];
  }),
];
