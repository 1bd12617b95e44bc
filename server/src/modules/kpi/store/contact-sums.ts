import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import type { Need } from '../domain/needs.ts';
import { bySeconds, groupKey, MOST_ROWS, sliced, stepNumber, within } from './slice.ts';
import type { SumsQuery, SumsRow } from './slice.ts';

type Fragment = RawBuilder<unknown>;

/** The same as the contributions of the domain, for what no table of sums is split by; a test holds them together. */
const isHandled = sql`t.outcome = 'answered' and t.flags & 8 <> 0
  and (t.segments is null or not jsonb_path_exists(t.segments, '$.segments[*] ? (@[3] == null)'))`;
const isReached = sql`t.outcome in ('answered', 'abandoned')`;
const records = (name: string): Fragment => sql`${sql.lit(name)} = any(b.records)`;
const count = (condition: Fragment): Fragment => sql`count(*) filter (where ${condition})`;
const sum = (column: string, condition: Fragment): Fragment =>
  sql`coalesce(sum(${sql.raw(`t.${column}`)}) filter (where ${condition}), 0)`;

const isRung = sql`t.outcome = 'answered' and t.ring_ms is not null and ${records('rings')}`;
const isQueued = sql`${isReached} and t.flags & 1 <> 0`;
const wraps = sql`t.segments is not null
  and jsonb_path_exists(t.segments, '$.segments[*] ? (@[7] != null && @[8] == null)')`;

const byContact: Partial<Record<Need, Fragment>> = {
  answered: count(sql`t.outcome = 'answered'`),
  abandoned: count(sql`t.outcome = 'abandoned'`),
  blocked: count(sql`t.outcome = 'blocked'`),
  selfServed: count(sql`t.outcome = 'self_served'`),
  open: count(sql`t.outcome = 'open'`),
  attempts: count(sql`t.outcome <> 'open' and ${records('blocked')}`),
  handled: count(isHandled),
  queued: count(isQueued),
  queueWaitMs: sum('wait_ms', isQueued),
  answerWaitMs: sum('wait_ms', sql`t.outcome = 'answered'`),
  abandonWaitMs: sum('wait_ms', sql`t.outcome = 'abandoned'`),
  rung: count(isRung),
  ringMs: sum('ring_ms', isRung),
  talkMs: sum('talk_ms', isHandled),
  holdKnown: count(sql`${isHandled} and ${records('hold')}`),
  held: count(sql`${isHandled} and t.flags & 2 <> 0`),
  holdMs: sum('hold_ms', isHandled),
  wrapKnown: count(sql`${isHandled} and ${records('wrap_up')} and not (${wraps})`),
  wrapMs: sum('wrap_ms', isHandled),
  transferKnown: count(sql`${isHandled} and ${records('transfers')}`),
  transferred: count(sql`${isHandled} and t.flags & 4 <> 0`),
  timedHandled: count(sql`${isHandled} and ${records('presence')}`),
};

const isRungPart = sql`t.over and t.ring_ms is not null and ${records('rings')}`;
const byPart: Partial<Record<Need, Fragment>> = {
  answered: count(sql`t.part = 1`),
  handled: count(sql`t.over and t.first_of_agent`),
  answerWaitMs: sum('wait_ms', sql`t.part = 1`),
  rung: count(isRungPart),
  ringMs: sum('ring_ms', isRungPart),
  talkMs: sum('talk_ms', sql`t.over`),
  holdKnown: count(sql`t.over and t.first_of_agent and ${records('hold')}`),
  held: count(sql`t.over and t.first_of_row and t.held`),
  holdMs: sum('hold_ms', sql`t.over`),
  wrapKnown: count(sql`t.over and t.first_of_agent and not t.wraps and ${records('wrap_up')}`),
  wrapMs: sum('wrap_ms', sql`t.over`),
  transferKnown: count(sql`t.over and t.first_of_agent and ${records('transfers')}`),
  transferred: count(sql`t.over and t.first_of_row and t.transferred`),
  timedHandled: count(sql`t.over and t.first_of_agent and ${records('presence')}`),
};

/** Each part that an agent had in a contact, as a table. */
const parts = (query: SumsQuery): Fragment => sql`(
  select c.batch_id, c.arrived_at, c.channel, c.topic, c.type, c.tier, c.wait_ms, p.*
  from kpi_contact c cross join lateral (
    select c.agent, c.queue, 1::bigint as part, c.talk_ms, c.hold_ms, c.wrap_ms, c.ring_ms, c.flags & 2 <> 0 as held,
      c.flags & 4 <> 0 as transferred, c.outcome = 'answered' as over, false as wraps, true as first_of_agent,
      true as first_of_row
    where c.segments is null and c.flags & 8 <> 0
    union all
    select s.agent, s.queue, s.part, s.talk_ms, s.hold_ms, s.wrap_ms, s.ring_ms,
      bool_or(s.is_held) over by_row, bool_or(s.is_transferred) over by_row,
      c.outcome = 'answered' and bool_and(s.until_ms is not null) over (),
      bool_or(s.wrap_from is not null and s.wrap_until is null) over (partition by s.agent),
      s.part = min(s.part) over (partition by s.agent), s.part = min(s.part) over by_row
    from (
      select part, (v->>0)::int as agent, (v->>1)::int as queue, (v->>3)::float8 as until_ms, (v->>4)::int as talk_ms,
        (v->>5)::int as hold_ms, v->>6 = '1' as is_held, (v->>7)::float8 as wrap_from, (v->>8)::float8 as wrap_until,
        (v->>9)::int as wrap_ms, v->>10 = '1' as is_transferred, (v->>11)::int as ring_ms
      from jsonb_array_elements(c.segments->'segments') with ordinality as e (v, part)
      where c.segments is not null
    ) s
    window by_row as (partition by s.agent, s.queue)
  ) p
  where c.arrived_at >= ${new Date(query.steps.starts[0] ?? 0)} and c.arrived_at < ${new Date(query.steps.end)}
)`;

/** Whether contacts themselves can tell a sum: what depends on later contacts only the tables of sums know. */
export function contactsTell(need: Need, isByAgent: boolean): boolean {
  if (isByAgent) return need in byPart;
  return need in byContact || need === 'withinServiceLevel' || need === 'shortAbandoned';
}

function aggregate(need: Need, { limits, steps }: SumsQuery, isByAgent: boolean): Fragment {
  if (need === 'shortAbandoned') {
    return count(
      sql`t.outcome = 'abandoned' and t.wait_ms <= ${sql.lit(limits.shortSeconds * 1000)}
        and ${sql.lit(limits.shortSeconds)} > 0`,
    );
  }
  if (need === 'withinServiceLevel') {
    const valueOf = (seconds: number) => seconds * 1000;
    const most = bySeconds(limits, { column: 't.arrived_at', zone: steps.zone, valueOf });
    return count(sql`t.outcome = 'answered' and t.wait_ms <= ${most}`);
  }
  const known = (isByAgent ? byPart : byContact)[need];
  if (!known) throw new Error(`contacts do not tell ${need}`);
  return known;
}

/**
 * Sums by step and group out of the contacts themselves, for half hours and hours by agent, topic or tier.
 * `isByAgent`: each agent with their own parts.
 */
export async function selectContactSums(
  ctx: Ctx,
  query: SumsQuery,
  isByAgent: boolean,
): Promise<SumsRow[]> {
  const figures = query.needs.map(
    (need) => sql`(${aggregate(need, query, isByAgent)})::float8 as ${sql.id(need)}`,
  );
  const from = isByAgent ? parts(query) : sql`kpi_contact`;
  const { rows } = await sql<SumsRow>`
    select ${stepNumber('t.arrived_at', query.steps)} as step, ${groupKey(query.group)} as key,
      ${sql.join([sql`1 as some`, ...figures])}
    from ${from} t join kpi_batch b on b.id = t.batch_id
    where ${within('t.arrived_at', query.steps)} ${sliced(query.slice)}
    group by 1, 2 limit ${MOST_ROWS + 1}
  `.execute(ctx.db);
  return rows;
}
