import { sql } from 'kysely';
import type { ImportKind } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import type { OpenCall } from '../domain/queue-log-call.ts';
import type { KeptAgent } from '../domain/queue-log-presence.ts';

/** What must be known of the lines before the position. `foreign`: open calls that another import has counted. */
export type Memory = {
  calls: OpenCall[];
  agents: KeptAgent[];
  foreign: string[];
  /** Sign-in times are counted: the log has them of all agents. */
  withPresence: boolean;
};
export type FollowedRow = {
  id: string;
  path: string;
  kind: ImportKind;
  log: string;
  zone: string;
  state: 'following' | 'missing' | 'unreadable' | 'stopped';
  batch_id: number | null;
  fingerprint: string;
  inode: string;
  position: number;
  memory: Partial<Memory>;
  lines: number;
  contacts: number;
  last_line_at: Date | null;
  created_at: Date;
};

const columns = sql`id, path, kind, log, zone, state, batch_id, fingerprint, inode, position, memory, lines, contacts,
  last_line_at, created_at`;

export async function allFollowed(ctx: Ctx): Promise<FollowedRow[]> {
  const { rows } = await sql<FollowedRow>`
    select ${columns} from followed_log order by created_at limit 200
  `.execute(ctx.db);
  return rows;
}

/** What a pass looks at: little of each log that is followed. */
export async function followedNow(
  ctx: Ctx,
): Promise<Pick<FollowedRow, 'id' | 'path' | 'position' | 'inode' | 'state'>[]> {
  const { rows } = await sql<FollowedRow>`
    select id, path, position, inode, state from followed_log where state <> 'stopped' order by created_at limit 200
  `.execute(ctx.db);
  return rows;
}

export async function findFollowed(
  ctx: Ctx,
  id: string,
  lock = false,
): Promise<FollowedRow | undefined> {
  const { rows } = await sql<FollowedRow>`
    select ${columns} from followed_log where id = ${id} ${lock ? sql`for update` : sql``}
  `.execute(ctx.db);
  return rows[0];
}

export type NewFollowed = Pick<
  FollowedRow,
  'id' | 'path' | 'kind' | 'log' | 'zone' | 'batch_id' | 'memory'
> & { created_by: string | null };

/** False: it is followed already. */
export async function insertFollowed(ctx: Ctx, log: NewFollowed): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into followed_log (id, path, kind, log, zone, state, batch_id, memory, created_by)
    values (${log.id}, ${log.path}, ${log.kind}, ${log.log}, ${log.zone}, 'following', ${log.batch_id}, ${JSON.stringify(log.memory)}::jsonb, ${log.created_by})
    on conflict do nothing
  `.execute(ctx.db);
  return Number(numAffectedRows ?? 0) > 0;
}

export async function setFollowState(
  ctx: Ctx,
  id: string,
  state: FollowedRow['state'],
): Promise<void> {
  await sql`
    update followed_log set state = ${state} where id = ${id} and state <> ${state} and (state <> 'stopped')
  `.execute(ctx.db);
}

export type Step = Pick<FollowedRow, 'fingerprint' | 'inode' | 'position' | 'memory'> & {
  lines: number;
  contacts: number;
  lastLineAt: Date | null;
};

export async function saveStep(ctx: Ctx, id: string, step: Step): Promise<void> {
  await sql`
    update followed_log set state = 'following', fingerprint = ${step.fingerprint}, inode = ${step.inode}, position = ${step.position},
      memory = ${JSON.stringify(step.memory)}::jsonb, lines = lines + ${step.lines}, contacts = contacts + ${step.contacts},
      last_line_at = coalesce(${step.lastLineAt}::timestamptz, last_line_at)
    where id = ${id}
  `.execute(ctx.db);
}

export async function deleteFollowed(ctx: Ctx, id: string): Promise<void> {
  await sql`delete from followed_log where id = ${id}`.execute(ctx.db);
}

/** Whether contacts of this log may be counted already, by another import or a followed file. */
export async function hasOtherSources(ctx: Ctx, log: string, batchId: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from import_run where log = ${log} and batch_id is not null and batch_id <> ${batchId}
    union all
    select 1 from followed_log where log = ${log} and batch_id is not null and batch_id <> ${batchId} limit 1
  `.execute(ctx.db);
  return rows.length > 0;
}
