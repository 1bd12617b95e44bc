import { sql } from 'kysely';
import { recordNames } from '@yingda/contract';
import type { Channel, ContactEventType, Tier } from '@yingda/contract';
import type { Ctx } from '../../platform/ctx.ts';
import type { LogEvent } from './domain/fact.ts';
import { countedContactId } from './service/contact-id.ts';
import { finishBatch, loadContacts, openBatch } from './service/loader.ts';
import type { LoadedContact } from './service/loader.ts';
import { memberIds } from './service/members.ts';

/** A call as a test tells it; lengths in seconds. */
export type Call = {
  at: string;
  queue?: string;
  channel?: Channel;
  topic?: string;
  type?: string;
  tier?: Tier;
  customer?: number;
  wait?: number;
  /** Nobody: the caller gave up after the wait. */
  agent?: string | null;
  talk?: number;
  hold?: number;
  wrap?: number;
  /** Passed on to this agent, who talks for as long again. */
  to?: string;
  isBlocked?: boolean;
};

const SECOND = 1_000;

type Ids = Record<'queue' | 'agent' | 'topic' | 'type', Map<string, number>>;

type Line = (type: ContactEventType, afterSeconds: number, who?: string) => void;

/** One agent has the call from `at` on; gives when they let go of it. */
function talkOf(add: Line, call: Call, { who, at }: { who: string; at: number }): number {
  const { talk = 60, hold = 0, wrap = 0, agent, to = agent } = call;
  add('accepted', at, who);
  if (hold > 0) {
    add('held', at, who);
    add('resumed', at + hold, who);
  }
  const end = at + talk + hold;
  add(who === to ? 'ended' : 'transferred', end, who);
  if (who === to && wrap > 0) {
    add('wrap_up_started', end, who);
    add('wrap_up_ended', end + wrap, who);
  }
  return end;
}

function tellCall(add: Line, call: Call): void {
  const { agent, to, wait = 0 } = call;
  add('arrived', 0);
  if (call.isBlocked) return add('blocked', 0);
  add('queued', 0);
  if (!agent) return add('abandoned', wait);
  let at = wait;
  for (const who of [agent, ...(to ? [to] : [])]) at = talkOf(add, call, { who, at });
}

function eventsOf(call: Call, ids: Ids): LogEvent[] {
  const line: LogEvent[] = [];
  tellCall((type, afterSeconds, who = '') => {
    line.push({
      type,
      at: Date.parse(call.at) + afterSeconds * SECOND,
      queue: ids.queue.get(call.queue ?? '') ?? 0,
      agent: ids.agent.get(who) ?? 0,
      byBot: false,
      data: {},
    });
  }, call);
  return line;
}

async function idsOf(ctx: Ctx, calls: Call[]): Promise<Ids> {
  const names = (of: (call: Call) => (string | null | undefined)[]): string[] =>
    calls.flatMap(of).filter((name) => typeof name === 'string');
  return {
    queue: await memberIds(
      ctx,
      'queue',
      names(({ queue }) => [queue]),
    ),
    agent: await memberIds(
      ctx,
      'agent',
      names(({ agent, to }) => [agent, to]),
    ),
    topic: await memberIds(
      ctx,
      'topic',
      names(({ topic }) => [topic]),
    ),
    type: await memberIds(
      ctx,
      'type',
      names(({ type }) => [type]),
    ),
  };
}

type Loading = {
  records?: readonly string[];
  atOnce?: number;
  /** Called with how many calls are loaded. */
  after?: (batch: number, loaded: number) => Promise<void>;
};

/**
 * Loads calls as an imported log, in their order and all at once or some at a time; gives the number of the batch, which
 * reports call a source.
 */
export async function loadCalls(
  ctx: Ctx,
  log: string,
  calls: Call[],
  { records = recordNames, atOnce = calls.length, after = async () => {} }: Loading = {},
): Promise<number> {
  const batch = await openBatch(ctx, { kind: 'import', log, name: log, records: [...records] });
  const ids = await idsOf(ctx, calls);
  const contacts = calls.map((call, n): LoadedContact => {
    const attributes = {
      channel: call.channel ?? 'voice',
      topic: ids.topic.get(call.topic ?? '') ?? 0,
      type: ids.type.get(call.type ?? '') ?? 0,
      tier: call.tier ?? '',
      customer: call.customer ?? 0,
    };
    const contactId = countedContactId(log, String(n), Date.parse(call.at));
    return { contactId, events: eventsOf(call, ids), attributes };
  });
  for (let at = 0; at < contacts.length; at += atOnce) {
    await loadContacts(ctx, batch, contacts.slice(at, at + atOnce));
    await after(batch, at + atOnce);
  }
  await finishBatch(ctx, batch);
  return batch;
}

const counted = [
  'kpi_contact',
  'kpi_half_hour',
  'kpi_centre_half_hour',
  'kpi_day',
  'kpi_queue_day',
  'kpi_topic_day',
  'kpi_agent_day',
  'kpi_month',
  'kpi_agent_month',
  'kpi_agent_time',
  'kpi_segment',
  'kpi_presence',
] as const;

type Row = Record<string, unknown>;

/** Rows of one key as one, their lists added up: a batch that was loaded has the parts it was loaded in. */
function joined(rows: Row[]): string[] {
  const whole = new Map<string, Row>();
  for (const { part: _part, ...row } of rows) {
    const lists = Object.entries(row).filter(([, value]) => Array.isArray(value));
    const key = JSON.stringify({ ...row, ...Object.fromEntries(lists.map(([name]) => [name, 0])) });
    const before = whole.get(key);
    for (const [name, value] of lists) {
      const added = before?.[name] as number[] | undefined;
      const counts = value as number[];
      const places = Math.max(counts.length, added?.length ?? 0);
      row[name] = Array.from({ length: places }, (_, at) => (counts[at] ?? 0) + (added?.[at] ?? 0));
    }
    whole.set(key, row);
  }
  return [...whole.values()].map((row) => JSON.stringify(row)).toSorted();
}

/** Lists of zeros as empty ones: both say the same. */
const withoutZeros = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      Array.isArray(value) && value.every((count) => count === 0) ? [] : value,
    ]),
  );

/** Tables that hold a row in parts. */
const parted: Record<string, true> = { kpi_half_hour: true, kpi_day: true, kpi_agent_day: true };

/** Everything that is counted of one batch, row by row, without what tells the batch; of our own work by default. */
export async function countedRows(
  ctx: Ctx,
  { batch, without = [] }: { batch?: number; without?: string[] } = {},
): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of counted) {
    const { rows } = await sql<{ line: Row }>`
      select to_jsonb(t) - ${['batch_id', ...without]}::text[] as line from ${sql.table(table)} t
      where batch_id = coalesce(${batch ?? null}::integer,
        (select id from kpi_batch where kind = 'own' and state = 'visible'))
    `.execute(ctx.db);
    const lines = rows.map(({ line }) => withoutZeros(line));
    all[table] =
      table in parted ? joined(lines) : lines.map((line) => JSON.stringify(line)).toSorted();
  }
  return all;
}
