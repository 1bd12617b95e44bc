import type { VisitorConversation, WidgetConfigView } from '@yingda/contract';
import type { Ctx } from '../../../../platform/ctx.ts';
import { hoursOf, isOpen, nextChange } from '../../../clocks/index.ts';
import { conversationOfSource } from '../../../conversations/index.ts';
import type { SourceConversation } from '../../../conversations/index.ts';
import { organisation } from '../../../identity/index.ts';
import { positionOf, queueOf } from '../../../routing/index.ts';
import type { WidgetRow } from '../store/widgets.ts';
import { agentNames, knownVisitor } from './known.ts';

const notWaiting = { position: null, estimatedWaitSeconds: null };

function statusOf(found: SourceConversation, leftAt: Date | null): VisitorConversation['status'] {
  // Who left sees the end, though the agent may still be at it.
  if (found.status === 'resolved' || leftAt !== null) return 'resolved';
  return found.assigneeId === null ? 'queued' : 'active';
}

/** The visitor's conversation as the visitor sees it. */
export async function presentConversation(
  ctx: Ctx,
  found: SourceConversation,
  leftAt: Date | null,
): Promise<VisitorConversation> {
  const { id, assigneeId, contactId, lastSeq, customerReadSeq, agentReadSeq } = found;
  const status = statusOf(found, leftAt);
  const names = assigneeId ? await agentNames(ctx, [assigneeId]) : new Map<string, string>();
  const place = status === 'queued' && contactId ? await positionOf(ctx, contactId) : notWaiting;
  return {
    id,
    status,
    agentName: (assigneeId && names.get(assigneeId)) || null,
    lastSeq,
    customerReadSeq,
    agentReadSeq,
    position: place.position,
    estimatedWaitSeconds: place.estimatedWaitSeconds,
  };
}

/** The visitor's newest conversation; null before the first message. */
export async function conversationOf(
  ctx: Ctx,
  visitorId: string,
): Promise<VisitorConversation | null> {
  const found = await conversationOfSource(ctx, visitorId);
  if (!found) return null;
  const visitor = await knownVisitor(ctx, visitorId);
  return presentConversation(ctx, found, visitor?.leftAt ?? null);
}

/** Whether people are on shift at the widget's queue, and when that changes. A queue without hours is always open. */
export async function openingOf(
  ctx: Ctx,
  widget: WidgetRow,
): Promise<{ open: boolean; nextOpenAt: Date | null }> {
  const { hoursId } = await queueOf(ctx, widget.queueId);
  const hours = hoursId ? (await hoursOf(ctx, [hoursId])).get(hoursId) : undefined;
  const now = new Date();
  if (!hours || isOpen(hours, now)) return { open: true, nextOpenAt: null };
  return { open: false, nextOpenAt: nextChange(hours, now) };
}

/** What the widget needs to show itself. */
export async function configOf(ctx: Ctx, widget: WidgetRow): Promise<WidgetConfigView> {
  const [{ open, nextOpenAt }, { name: organisationName }] = await Promise.all([
    openingOf(ctx, widget),
    organisation(ctx),
  ]);
  const { allowedOrigins: _, ...settings } = widget.settings;
  return {
    name: widget.name,
    organisationName,
    settings,
    open,
    nextOpenAt: nextOpenAt?.toISOString() ?? null,
    maxUploadBytes: ctx.services.config.maxUploadBytes,
  };
}
