import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { ConversationStatus } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';
import type { SummaryRow } from './conversation.ts';

export type ListFilter = {
  statuses: ConversationStatus[] | null;
  /** Teams that may be read; null: all. */
  teamIds: string[] | null;
  teamId?: string;
  /** Undefined: any; null: nobody's. */
  assigneeId?: string | null;
  /** Also conversations of this person, whatever their team. */
  customerId?: string;
  tag?: string;
  mentionedUserId?: string;
};
export type ListPage = {
  order: 'newest' | 'waiting';
  after: { at: string; id: string } | null;
  limit: number;
};

function conditionsOf(filter: ListFilter): RawBuilder<unknown>[] {
  const { statuses, teamIds, teamId, assigneeId, customerId, tag, mentionedUserId } = filter;
  const all: (RawBuilder<unknown> | false)[] = [
    statuses !== null && sql`c.status in (${sql.join(statuses.map((status) => sql.lit(status)))})`,
    teamIds !== null && sql`c.team_id = any(${teamIds}::uuid[])`,
    teamId !== undefined && sql`c.team_id = ${teamId}`,
    assigneeId === null && sql`c.assignee_id is null`,
    typeof assigneeId === 'string' && sql`c.assignee_id = ${assigneeId}`,
    customerId !== undefined && sql`c.customer_id = ${customerId}`,
    tag !== undefined && sql`c.tags @> array[${tag}]`,
    mentionedUserId !== undefined &&
      sql`c.id in (select conversation_id from mention where user_id = ${mentionedUserId})`,
  ];
  return all.filter((condition) => condition !== false);
}

function whereOf(conditions: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
}

type Sql = RawBuilder<unknown>;

/** Teams that are read one by one; a person with more of them reads so much of everything that filtering is quick. */
const MOST_TEAMS = 20;
const everyStatus: ConversationStatus[] = ['open', 'waiting', 'snoozed', 'resolved'];

/** Sources that together hold the list, each in its order by an index. `rest`: what is still to be asked of a row. */
type Sources = { given: Sql; bounds: Sql; first: Sql; rest: ListFilter };

/**
 * Reads a list team by team (or an agent's status by status), each from its own index. Left to itself the planner
 * walks all conversations from the newest and drops those of other teams, which for a team dissolved a year ago reads
 * every one: 0.8 s with a million, so 0.4 ms. An equality would let it do so here as well; a range of one value does
 * not.
 */
function sourcesOf(filter: ListFilter, order: ListPage['order']): Sources | null {
  const { statuses, teamIds, teamId, assigneeId, customerId, tag, mentionedUserId } = filter;
  const narrower = customerId ?? tag ?? mentionedUserId;
  if (order === 'waiting' || narrower !== undefined) return null;
  if (typeof assigneeId === 'string') {
    return {
      given: sql`unnest(${statuses ?? everyStatus}::text[]) as given (status)`,
      bounds: sql`c.status between given.status and given.status`,
      first: sql`c.status`,
      rest: { ...filter, statuses: null },
    };
  }
  const teams =
    teamId === undefined ? teamIds : [teamId].filter((id) => teamIds?.includes(id) ?? true);
  if (teams === null || teams.length > MOST_TEAMS) return null;
  return {
    given: sql`unnest(${teams}::uuid[]) as given (team_id)`,
    bounds: sql`c.team_id between given.team_id and given.team_id`,
    first: sql`c.team_id`,
    rest: { ...filter, teamIds: null, teamId: undefined },
  };
}

/** One page of a list. Statuses are written into the statement, so that the partial indexes can serve it. */
export async function listSummaries(
  db: Kysely<DB>,
  filter: ListFilter,
  { order, after, limit }: ListPage,
): Promise<SummaryRow[]> {
  const sources = sourcesOf(filter, order);
  const conditions = conditionsOf(sources?.rest ?? filter);
  const byWait = order === 'waiting';
  const key = byWait ? sql`coalesce(c.waiting_since, c.last_message_at)` : sql`c.last_message_at`;
  const ordered = byWait ? sql`${key}, c.id` : sql`${key} desc, c.id desc`;
  if (after) {
    const edge = sql`(${after.at}::timestamptz, ${after.id}::uuid)`;
    conditions.push(byWait ? sql`(${key}, c.id) > ${edge}` : sql`(${key}, c.id) < ${edge}`);
  }
  const where = whereOf(sources ? [...conditions, sources.bounds] : conditions);
  const page = sources
    ? sql`select c.* from ${sources.given} cross join lateral (
        select * from conversation c ${where} order by ${sources.first}, ${ordered} limit ${limit}
      ) c order by ${ordered} limit ${limit}`
    : sql`select * from conversation c ${where} order by ${ordered} limit ${limit}`;
  const { rows } = await sql<SummaryRow>`
    select c.*, customer.name as customer_name, customer.tier as customer_tier, customer.verified as customer_verified
    from (${page}) c join customer on customer.id = c.customer_id
    order by ${ordered}
  `.execute(db);
  return rows;
}

/** How many a list holds, counted no further than `cap`. */
export async function countUpTo(db: Kysely<DB>, filter: ListFilter, cap: number): Promise<number> {
  const where = whereOf(conditionsOf(filter));
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from conversation c ${where} limit ${cap}) counted
  `.execute(db);
  return rows[0]?.n ?? 0;
}

export async function countUnread(db: Kysely<DB>, userId: string, cap: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select 1 from conversation where assignee_id = ${userId} and status in ('open', 'waiting') and unread > 0 limit ${cap}
    ) counted
  `.execute(db);
  return rows[0]?.n ?? 0;
}
