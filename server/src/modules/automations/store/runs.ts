import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { ActionReport, AutomationRun, AutomationSubject } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type NewRun = {
  id: string;
  automation_id: string;
  automation_name: string;
  automation_version: number;
  key: string;
  subject_kind: AutomationSubject;
  subject_id: string;
  subject_number: string;
  subject_title: string;
  cause: string;
  state: AutomationRun['state'];
  actions: ActionReport[];
  chain: string[];
  took_ms: number;
};
export type RunRow = NewRun & { at: Date };

/** Notes a run; false when this start was answered before. */
export async function insertRun(db: Db, run: NewRun): Promise<boolean> {
  const { rows } = await sql`
    insert into automation_run (id, automation_id, automation_name, automation_version, key, subject_kind, subject_id,
      subject_number, subject_title, cause, state, actions, chain, took_ms)
    values (${run.id}, ${run.automation_id}, ${run.automation_name}, ${run.automation_version}, ${run.key},
      ${run.subject_kind}, ${run.subject_id}, ${run.subject_number}, ${run.subject_title}, ${run.cause}, ${run.state},
      ${JSON.stringify(run.actions)}::jsonb, ${run.chain}, ${run.took_ms})
    on conflict (automation_id, key) do nothing returning id
  `.execute(db);
  return rows.length > 0;
}

type Start = { automationId: string; key: string };

/** Of these starts those that were answered, as `automationId key`. */
export async function selectAnswered(db: Db, starts: Start[]): Promise<Set<string>> {
  if (starts.length === 0) return new Set();
  const { rows } = await sql<Start>`
    select r.automation_id as "automationId", r.key
    from jsonb_to_recordset(${JSON.stringify(starts)}::jsonb) as given ("automationId" uuid, key text)
    join automation_run r on r.automation_id = given."automationId" and r.key = given.key
  `.execute(db);
  return new Set(rows.map(({ automationId, key }) => `${automationId} ${key}`));
}

/** How often automations did something with each of these within the last hour, as `automationId subjectId`. */
export async function countLastHour(
  db: Db,
  { automationIds, subjectIds }: { automationIds: string[]; subjectIds: string[] },
): Promise<Map<string, number>> {
  if (subjectIds.length === 0) return new Map();
  const { rows } = await sql<{ key: string; count: number }>`
    select automation_id || ' ' || subject_id as key, count(*)::int as count from automation_run
    where subject_id = any(${subjectIds}::uuid[]) and automation_id = any(${automationIds}::uuid[])
      and state = 'done' and at > clock_timestamp() - interval '1 hour'
    group by automation_id, subject_id
  `.execute(db);
  return new Map(rows.map(({ key, count }) => [key, count]));
}

export type RunFilter = {
  automationId?: string | undefined;
  subjectId?: string | undefined;
  state?: AutomationRun['state'] | undefined;
  before: string | null;
  limit: number;
};

/** Newest first, before the one with this id. */
export async function selectRuns(db: Db, filter: RunFilter): Promise<RunRow[]> {
  const { automationId, subjectId, state, before, limit } = filter;
  const { rows } = await sql<RunRow>`
    select * from automation_run where (${before}::uuid is null or id < ${before}::uuid)
      ${automationId ? sql`and automation_id = ${automationId}` : sql``}
      ${subjectId ? sql`and subject_id = ${subjectId}` : sql``}
      ${state ? sql`and state = ${state}` : sql``}
    order by id desc limit ${limit}
  `.execute(db);
  return rows;
}

/** Forgets runs and mails of long ago; those that say "once" stay. How many there were, at most a batch. */
export async function deleteOld(db: Db, days: number): Promise<number> {
  const { numAffectedRows: runs } = await sql`
    delete from automation_run where id in (
      select id from automation_run where at < clock_timestamp() - ${days} * interval '1 day' and key not like 'once:%' limit 5000
    )
  `.execute(db);
  const { numAffectedRows: mails } = await sql`
    delete from automation_mail where id in (
      select id from automation_mail where at < clock_timestamp() - ${days} * interval '1 day' limit 5000
    )
  `.execute(db);
  return Number(runs ?? 0) + Number(mails ?? 0);
}
