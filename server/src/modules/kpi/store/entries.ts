import { sql } from 'kysely';
import type { EntryMeasure, ReportPeriod } from '@yingda/contract';
import type { Ctx, Tx } from '../../../platform/ctx.ts';

export type EntryRow = {
  id: string;
  measure: EntryMeasure;
  /** Local dates, both counted. */
  from: string;
  to: string;
  value: number;
  agentId: number | null;
  teamId: string | null;
  note: string;
  createdAt: Date;
  createdBy: string | null;
};

const columns = sql`
  id, measure, from_day::text as from, to_day::text as to, value, agent as "agentId", team_id as "teamId", note,
  created_at as "createdAt", created_by as "createdBy"`;

/** Whose entries a list may hold; null: everybody's. */
export type EntryOwners = { teams: string[]; agents: number[] } | null;

const ownedBy = (owners: EntryOwners) =>
  owners === null
    ? sql`true`
    : sql`(team_id = any(${owners.teams}::uuid[]) or agent = any(${owners.agents}::int[]))`;

export type EntryQuery = {
  measure: EntryMeasure | undefined;
  owners: EntryOwners;
  /** The last one shown; ids are in the order of creation. */
  beforeId: string | undefined;
  limit: number;
};

/** Entries, the newest first. */
export async function selectEntries(ctx: Ctx, query: EntryQuery): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select ${columns} from kpi_entry
    where ${ownedBy(query.owners)}
      ${query.measure === undefined ? sql`` : sql`and measure = ${query.measure}`}
      ${query.beforeId === undefined ? sql`` : sql`and id < ${query.beforeId}::uuid`}
    order by id desc limit ${query.limit}
  `.execute(ctx.db);
  return rows;
}

/** Entries that touch a period. */
export async function selectEntriesOf(ctx: Ctx, period: ReportPeriod): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select ${columns} from kpi_entry
    where from_day <= ${period.to}::date and to_day >= ${period.from}::date
  `.execute(ctx.db);
  return rows;
}

export async function insertEntries(
  tx: Tx,
  entries: Omit<EntryRow, 'createdAt'>[],
): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    insert into kpi_entry (id, measure, from_day, to_day, value, agent, team_id, note, created_by)
    select id, measure, "from", "to", value, "agentId", "teamId", note, "createdBy"
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as given (
      id uuid, measure text, "from" date, "to" date, value double precision, "agentId" integer, "teamId" uuid,
      note text, "createdBy" uuid)
    returning ${columns}
  `.execute(tx.db);
  return rows;
}

export async function removeEntry(tx: Tx, id: string): Promise<EntryRow | undefined> {
  const { rows } = await sql<EntryRow>`
    delete from kpi_entry where id = ${id} returning ${columns}
  `.execute(tx.db);
  return rows[0];
}
