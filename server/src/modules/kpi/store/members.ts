import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { MemberKind } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;
export type MemberInput = { key: string; ref: string | null; name: string };

export async function selectMemberIds(
  db: Db,
  kind: MemberKind,
  keys: string[],
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<{ id: number; key: string }>`
    select id, key from kpi_member where kind = ${kind} and key = any(${keys}::text[])
  `.execute(db);
  return new Map(rows.map(({ id, key }) => [key, id]));
}

/** Makes members that are missing; in the order of their keys, as others may make the same. */
export async function insertMembers(
  db: Db,
  kind: MemberKind,
  members: MemberInput[],
): Promise<void> {
  await sql`
    insert into kpi_member (kind, key, ref, name)
    select ${kind}, g.key, g.ref, g.name
    from jsonb_to_recordset(${JSON.stringify(members)}::jsonb) as g (key text, ref uuid, name text)
    order by g.key on conflict (kind, key) do nothing
  `.execute(db);
}

/** Queues and people are called something else now. */
export async function renameMember(
  db: Db,
  { kind, ref, name }: { kind: MemberKind; ref: string; name: string },
): Promise<void> {
  await sql`
    update kpi_member set name = ${name} where kind = ${kind} and ref = ${ref} and name <> ${name}
  `.execute(db);
}
