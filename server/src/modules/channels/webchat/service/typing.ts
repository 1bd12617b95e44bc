import type { ClientFrame } from '@yingda/contract';
import type { Ctx } from '../../../../platform/ctx.ts';
import { conversationOfSource, sourceForReply } from '../../../conversations/index.ts';

type Typing = Extract<ClientFrame, { t: 'typing' }>;

/** A sign of writing passes between visitor and agent, both ways; it is never stored. */
export async function passTyping(ctx: Ctx, { conversationId, on }: Typing): Promise<void> {
  const { actor, services } = ctx;
  if (actor.kind === 'visitor') {
    const found = await conversationOfSource(ctx, actor.visitorId);
    if (!found || found.status === 'resolved') return;
    const rooms = [`conversation:${found.id}`];
    if (found.assigneeId) rooms.push(`user:${found.assigneeId}`);
    services.live.send(rooms, { type: 'conversation.typing', conversationId: found.id, on });
  } else if (actor.kind === 'user' && conversationId) {
    const source = await sourceForReply(ctx, conversationId);
    if (source?.channel !== 'webchat' || !source.sourceId) return;
    const rooms = [`visitor:${source.sourceId}`];
    services.live.send(rooms, { type: 'visitor.typing', on, agentName: actor.name });
  }
}
