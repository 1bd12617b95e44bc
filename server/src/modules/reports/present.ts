import type { SavedView, ScheduleView, SendingView } from '@yingda/contract';
import type { Actor } from '../../kernel/actor.ts';
import { isOwn } from './policy.ts';
import type { ScheduleRow } from './store/schedules.ts';
import type { Sending } from './service/schedules.ts';
import type { View } from './service/views.ts';

export function presentView(view: View, actor: Actor, names: Map<string, string>): SavedView {
  const {
    id,
    name,
    page,
    query,
    is_shared: isShared,
    owner_id: owner,
    schedules,
    updated_at: at,
  } = view;
  return {
    id,
    name,
    page,
    query,
    isShared,
    schedules,
    isOwn: isOwn(actor, view),
    ownerName: names.get(owner) ?? '',
    updatedAt: at.toISOString(),
  };
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function presentSchedule(row: ScheduleRow, names: Map<string, string>): ScheduleView {
  const {
    id,
    name,
    rhythm,
    day,
    minute,
    people,
    addresses,
    locale,
    subject,
    attachments,
    stopped,
  } = row;
  const known = people.flatMap((person) => names.get(person) ?? []);
  return {
    id,
    name,
    rhythm,
    day,
    minute,
    people,
    addresses,
    locale,
    subject,
    attachments,
    stopped,
    viewId: row.view_id,
    viewName: row.view_name,
    ownerName: names.get(row.owner_id) ?? '',
    isActive: row.is_active,
    nextDueAt: iso(row.next_due_at),
    last:
      row.last_at && row.last_state
        ? { at: row.last_at.toISOString(), state: row.last_state }
        : null,
    recipients: [...known, ...addresses],
  };
}

/** People are told by name: their mail addresses are theirs to tell. */
export function presentSending(sending: Sending, names: Map<string, string>): SendingView {
  const { id, kind, state, subject, problem, deliveries } = sending;
  return {
    id,
    kind,
    state,
    subject,
    problem,
    scheduleId: sending.schedule_id,
    dueAt: sending.due_at.toISOString(),
    nextTryAt: iso(sending.next_try_at),
    endedAt: iso(sending.ended_at),
    deliveries: deliveries.map((one) => ({
      id: one.id,
      recipient: (one.user_id && names.get(one.user_id)) ?? one.address,
      state: one.state,
      attempts: one.attempts,
      problem: one.problem,
      at: iso(one.at),
    })),
  };
}
