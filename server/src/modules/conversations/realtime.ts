import type { LiveEvent } from '@yingda/contract';
import { projection } from '../../platform/realtime/projection.ts';
import {
  colleagueMentioned,
  conversationChanged,
  conversationRead,
  messagePosted,
  messageRetracted,
  cannedChanged,
} from './events.ts';
import { presentSummary } from './present.ts';
import { readSummaries } from './store/conversation.ts';

type Where = { conversationId: string; teamId: string; assigneeId: string | null };

function roomsOf(
  { conversationId, teamId, assigneeId }: Where,
  ...others: (string | null)[]
): string[] {
  const rooms = [`conversation:${conversationId}`, `team:${teamId}`];
  for (const userId of [assigneeId, ...others]) if (userId) rooms.push(`user:${userId}`);
  return rooms;
}

export const projections = [
  projection(messagePosted, (event) => [
    {
      rooms: roomsOf(event),
      event: {
        type: 'message.posted',
        conversationId: event.conversationId,
        message: event.message,
        patch: event.patch,
      },
    },
  ]),
  projection(messageRetracted, (event) => [
    {
      rooms: roomsOf(event),
      event: {
        type: 'message.changed',
        conversationId: event.conversationId,
        message: event.message,
        version: event.version,
      },
    },
  ]),
  projection(conversationRead, (event) => {
    const { conversationId, agentReadSeq, customerReadSeq, unread, version } = event;
    return [
      {
        rooms: roomsOf(event),
        event: {
          type: 'conversation.read',
          conversationId,
          agentReadSeq,
          customerReadSeq,
          unread,
          version,
        },
      },
    ];
  }),
  projection(conversationChanged, async (event, ctx) => {
    const rooms = roomsOf(event, event.previousAssigneeId);
    if (event.previousTeamId) rooms.push(`team:${event.previousTeamId}`);
    if (!rooms.some((room) => ctx.services.live.watched(room))) return [];
    const [row] = await readSummaries(ctx.db, [event.conversationId]);
    if (!row) return [];
    const changed: LiveEvent = { type: 'conversation.changed', conversation: presentSummary(row) };
    return [{ rooms, event: changed }];
  }),
  projection(colleagueMentioned, ({ userId, conversationId, messageId, byName }) => [
    {
      rooms: [`user:${userId}`],
      event: { type: 'mention.received', conversationId, messageId, byName },
    },
  ]),
  projection(cannedChanged, () => [
    { rooms: ['everyone'], event: { type: 'settings.changed', noun: 'canned-replies' } },
  ]),
];
