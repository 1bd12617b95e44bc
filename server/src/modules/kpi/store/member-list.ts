import { sql } from 'kysely';
import type { MemberKind } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';

export type MemberRow = { id: number; kind: MemberKind; ref: string | null; name: string };

/** All members, by name. */
export async function selectMembers(ctx: Ctx): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select id, kind, ref, name from kpi_member order by kind, name, id
  `.execute(ctx.db);
  return rows;
}

export async function selectMembersById(ctx: Ctx, ids: number[]): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select id, kind, ref, name from kpi_member where id = any(${ids}::bigint[])
  `.execute(ctx.db);
  return rows;
}
