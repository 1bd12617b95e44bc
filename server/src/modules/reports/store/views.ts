import { sql } from 'kysely';
import type { ReportPage } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';

export type ViewRow = {
  id: string;
  name: string;
  page: ReportPage;
  query: unknown;
  owner_id: string;
  is_shared: boolean;
  schedules: number;
  updated_at: Date;
};

const columns = sql`v.id, v.name, v.page, v.query, v.owner_id, v.is_shared, v.updated_at,
  (select count(*)::int from report_schedule s where s.view_id = v.id) as schedules`;

/** A person keeps some; a limit all the same. */
const MOST = 500;

/** Own views and shared ones, by name. */
export async function selectViews(
  ctx: Ctx,
  { ownerId, page }: { ownerId: string | null; page: ReportPage | null },
): Promise<ViewRow[]> {
  const { rows } = await sql<ViewRow>`
    select ${columns} from saved_view v
    where (v.is_shared or v.owner_id = ${ownerId}::uuid) and (${page}::text is null or v.page = ${page})
    order by v.name, v.id limit ${MOST}
  `.execute(ctx.db);
  return rows;
}

export async function selectView(ctx: Ctx, id: string): Promise<ViewRow | undefined> {
  const { rows } =
    await sql<ViewRow>`select ${columns} from saved_view v where v.id = ${id}`.execute(ctx.db);
  return rows[0];
}

export type StoredView = Pick<ViewRow, 'id' | 'name' | 'page' | 'query' | 'owner_id' | 'is_shared'>;

export async function insertView(ctx: Ctx, view: StoredView): Promise<void> {
  await sql`
    insert into saved_view (id, name, page, query, owner_id, is_shared)
    values (${view.id}, ${view.name}, ${view.page}, ${JSON.stringify(view.query)}::jsonb, ${view.owner_id}, ${view.is_shared})
  `.execute(ctx.db);
}

export async function updateView(
  ctx: Ctx,
  view: Pick<StoredView, 'id' | 'name' | 'query' | 'is_shared'>,
): Promise<void> {
  await sql`
    update saved_view set name = ${view.name}, query = ${JSON.stringify(view.query)}::jsonb, is_shared = ${view.is_shared},
      updated_at = clock_timestamp()
    where id = ${view.id}
  `.execute(ctx.db);
}

/** Removes a view unless a schedule sends it; false when one does. */
export async function deleteView(ctx: Ctx, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from saved_view v where v.id = ${id} and not exists (select from report_schedule s where s.view_id = v.id) returning v.id
  `.execute(ctx.db);
  return rows.length > 0;
}
