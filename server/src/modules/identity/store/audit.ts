import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';
import type { Failures } from '../domain/sign-in-limits.ts';
import { failureWindowMinutes } from '../domain/sign-in-limits.ts';

type Db = Kysely<DB>;

export type AuditRow = {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  action: string;
  subjectKind: string;
  subjectId: string | null;
  subjectName: string | null;
  details: unknown;
  ip: string | null;
};

export async function insertAudit(
  db: Db,
  entry: Omit<AuditRow, 'at'> & { requestId: string },
): Promise<void> {
  await db
    .insertInto('audit_entry')
    .values({
      id: entry.id,
      actor_kind: entry.actorKind,
      actor_id: entry.actorId,
      actor_name: entry.actorName,
      action: entry.action,
      subject_kind: entry.subjectKind,
      subject_id: entry.subjectId,
      subject_name: entry.subjectName,
      details: JSON.stringify(entry.details),
      ip: entry.ip,
      request_id: entry.requestId,
    })
    .execute();
}

export type AuditFilter = {
  action?: string | undefined;
  actorId?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** The last entry of the page before. */
  beforeId?: string | undefined;
  limit: number;
};

/** Entries by the order of their ids, which is that of their birth, the newest first. */
export async function selectAudit(db: Db, filter: AuditFilter): Promise<AuditRow[]> {
  const { action, actorId, from, to, beforeId, limit } = filter;
  const conditions = [
    sql`true`,
    ...(action ? [sql`action = ${action}`] : []),
    ...(actorId ? [sql`actor_id = ${actorId}`] : []),
    ...(from ? [sql`at >= ${from}`] : []),
    ...(to ? [sql`at < ${to}`] : []),
    ...(beforeId ? [sql`id < ${beforeId}::uuid`] : []),
  ];
  const { rows } = await sql<AuditRow>`
    select id, at, actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName", action,
      subject_kind as "subjectKind", subject_id as "subjectId", subject_name as "subjectName", details, ip
    from audit_entry where ${sql.join(conditions, sql` and `)} order by id desc limit ${limit}
  `.execute(db);
  return rows;
}

/** Refused sign-ins of the last minutes, read from the audit log: right over all processes and restarts. */
export async function countFailures(
  db: Db,
  { email, ip }: { email: string; ip: string },
): Promise<Failures> {
  const since = sql`now() - make_interval(mins => ${failureWindowMinutes})`;
  const { rows } = await sql<Failures>`
    select
      (select count(*)::int from audit_entry
        where action = 'session.refused' and subject_name = ${email} and ip = ${ip} and at > ${since}) as "accountHere",
      (select count(*)::int from audit_entry
        where action = 'session.refused' and subject_name = ${email} and at > ${since}) as account,
      (select count(*)::int from audit_entry
        where action = 'session.refused' and ip = ${ip} and at > ${since}) as address
  `.execute(db);
  return rows[0] ?? { accountHere: 0, account: 0, address: 0 };
}
