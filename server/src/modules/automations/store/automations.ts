import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { AutomationInput, AutomationView } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type AutomationRow = Pick<
  AutomationInput,
  'name' | 'note' | 'subject' | 'conditions' | 'actions' | 'repeat'
> & {
  id: string;
  starts: AutomationInput['when'];
  is_active: boolean;
  position: number;
  version: number;
  stopped: AutomationView['stopped'];
  runs: number;
  failures: number;
  failed_in_row: number;
  last_run_at: Date | null;
  updated_by: string | null;
  updated_at: Date;
};

export async function selectAutomations(db: Db): Promise<AutomationRow[]> {
  const { rows } = await sql<AutomationRow>`
    select * from automation order by position, id limit 2000
  `.execute(db);
  return rows;
}

export async function selectActive(db: Db): Promise<AutomationRow[]> {
  const { rows } = await sql<AutomationRow>`
    select * from automation where is_active order by position, id
  `.execute(db);
  return rows;
}

export async function selectAutomation(db: Db, id: string): Promise<AutomationRow | undefined> {
  return (await sql<AutomationRow>`select * from automation where id = ${id}`.execute(db)).rows[0];
}

export async function lockAutomation(db: Db, id: string): Promise<AutomationRow | undefined> {
  const { rows } = await sql<AutomationRow>`
    select * from automation where id = ${id} for no key update
  `.execute(db);
  return rows[0];
}

export async function isNameTaken(db: Db, name: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from automation where lower(name) = lower(${name}) and id <> ${id}
  `.execute(db);
  return rows.length > 0;
}

type Saved = Pick<
  AutomationRow,
  'id' | 'name' | 'note' | 'subject' | 'starts' | 'conditions' | 'actions' | 'repeat'
> & { is_active: boolean; by: string | null };

/** Makes an automation, the last in the order, or a new version of it; what it was stopped for is forgotten. */
export async function saveAutomation(db: Db, row: Saved): Promise<void> {
  await sql`
    insert into automation (id, name, note, subject, starts, conditions, actions, repeat, is_active, position, updated_by)
    values (${row.id}, ${row.name}, ${row.note}, ${row.subject}, ${JSON.stringify(row.starts)}::jsonb,
      ${JSON.stringify(row.conditions)}::jsonb, ${JSON.stringify(row.actions)}::jsonb, ${row.repeat}, ${row.is_active},
      (select coalesce(max(position), 0) + 1 from automation), ${row.by})
    on conflict (id) do update set name = excluded.name, note = excluded.note, subject = excluded.subject,
      starts = excluded.starts, conditions = excluded.conditions, actions = excluded.actions, repeat = excluded.repeat,
      is_active = excluded.is_active, updated_by = excluded.updated_by, updated_at = clock_timestamp(),
      version = automation.version + 1, stopped = null, failed_in_row = 0
  `.execute(db);
}

export async function setPositions(db: Db, ids: string[]): Promise<void> {
  await sql`
    update automation a set position = placed.place from (
      select id, row_number() over (order by array_position(${ids}::uuid[], id) nulls last, position, id) as place
      from automation
    ) placed where placed.id = a.id and a.position <> placed.place
  `.execute(db);
}

export async function deleteAutomation(db: Db, id: string): Promise<void> {
  await sql`delete from automation where id = ${id}`.execute(db);
}

export async function stopAutomation(
  db: Db,
  id: string,
  why: NonNullable<AutomationRow['stopped']>,
): Promise<void> {
  await sql`
    update automation set is_active = false, stopped = ${why}, version = version + 1 where id = ${id} and is_active
  `.execute(db);
}

/** How often each ran and failed in a batch, in order. */
export type Tally = {
  id: string;
  runs: number;
  failures: number;
  inRow: number;
  allFailed: boolean;
};

/** Adds up what a batch did; those that failed again and again without a success between. */
export async function noteTallies(db: Db, tallies: Tally[], most: number): Promise<string[]> {
  const sorted = tallies.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const tired: string[] = [];
  for (const { id, runs, failures, inRow, allFailed } of sorted) {
    const { rows } = await sql<{ failed_in_row: number }>`
      update automation set runs = runs + ${runs}, failures = failures + ${failures}, last_run_at = clock_timestamp(),
        failed_in_row = case when ${allFailed} then failed_in_row else 0 end + ${inRow}
      where id = ${id} returning failed_in_row
    `.execute(db);
    if ((rows[0]?.failed_in_row ?? 0) >= most) tired.push(id);
  }
  return tired;
}

/** Whether an automation or a macro sends to this webhook. */
export async function isWebhookUsed(db: Db, webhookId: string): Promise<boolean> {
  const part = JSON.stringify([{ kind: 'webhook', webhookId }]);
  const { rows } = await sql`
    select from automation where actions @> ${part}::jsonb
    union all select from macro where actions @> ${part}::jsonb limit 1
  `.execute(db);
  return rows.length > 0;
}
