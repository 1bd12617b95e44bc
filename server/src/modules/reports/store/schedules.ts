import { sql } from 'kysely';
import type {
  Locale,
  MailAttachment,
  ScheduleRhythm,
  SendingState,
  StopReason,
} from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';

export type ScheduleRow = {
  id: string;
  name: string;
  view_id: string;
  view_name: string;
  owner_id: string;
  rhythm: ScheduleRhythm;
  day: number;
  minute: number;
  people: string[];
  addresses: string[];
  locale: Locale;
  subject: string;
  attachments: MailAttachment[];
  is_active: boolean;
  stopped: StopReason | null;
  next_due_at: Date | null;
  last_at: Date | null;
  last_state: SendingState | null;
};

const rows = sql`
  select s.*, v.name as view_name, last.due_at as last_at, last.state as last_state
  from report_schedule s join saved_view v on v.id = s.view_id
  left join lateral (
    select due_at, state from report_sending g where g.schedule_id = s.id and g.kind <> 'trial' order by g.id desc limit 1
  ) last on true`;

const MOST = 500;

export async function selectSchedules(ctx: Ctx): Promise<ScheduleRow[]> {
  return (await sql<ScheduleRow>`${rows} order by s.name, s.id limit ${MOST}`.execute(ctx.db)).rows;
}

export async function selectSchedule(ctx: Ctx, id: string): Promise<ScheduleRow | undefined> {
  return (await sql<ScheduleRow>`${rows} where s.id = ${id}`.execute(ctx.db)).rows[0];
}

/** The same; until the transaction ends nobody else changes it. */
export async function lockSchedule(ctx: Ctx, id: string): Promise<ScheduleRow | undefined> {
  await sql`select from report_schedule where id = ${id} for no key update`.execute(ctx.db);
  return selectSchedule(ctx, id);
}

export type StoredSchedule = Omit<ScheduleRow, 'view_name' | 'stopped' | 'last_at' | 'last_state'>;

/** Makes or replaces a schedule; what stopped it is forgotten. */
export async function saveSchedule(ctx: Ctx, one: StoredSchedule): Promise<void> {
  await sql`
    insert into report_schedule (id, name, view_id, owner_id, rhythm, day, minute, people, addresses, locale, subject,
      attachments, is_active, next_due_at)
    values (${one.id}, ${one.name}, ${one.view_id}, ${one.owner_id}, ${one.rhythm}, ${one.day}, ${one.minute},
      ${one.people}::uuid[], ${one.addresses}::text[], ${one.locale}, ${one.subject}, ${one.attachments}::text[],
      ${one.is_active}, ${one.next_due_at})
    on conflict (id) do update set name = excluded.name, view_id = excluded.view_id, owner_id = excluded.owner_id,
      rhythm = excluded.rhythm, day = excluded.day, minute = excluded.minute, people = excluded.people,
      addresses = excluded.addresses, locale = excluded.locale, subject = excluded.subject,
      attachments = excluded.attachments, is_active = excluded.is_active, next_due_at = excluded.next_due_at,
      stopped = null, updated_at = clock_timestamp()
  `.execute(ctx.db);
}

export async function saveNextDue(ctx: Ctx, id: string, dueAt: Date): Promise<void> {
  await sql`update report_schedule set next_due_at = ${dueAt} where id = ${id}`.execute(ctx.db);
}

export async function stopSchedule(ctx: Ctx, id: string, reason: StopReason): Promise<void> {
  await sql`
    update report_schedule set is_active = false, stopped = ${reason}, next_due_at = null, updated_at = clock_timestamp() where id = ${id}
  `.execute(ctx.db);
}

export async function deleteSchedule(ctx: Ctx, id: string): Promise<void> {
  await sql`delete from report_schedule where id = ${id}`.execute(ctx.db);
}
