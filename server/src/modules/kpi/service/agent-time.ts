import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { agentTime } from '../domain/agent-time.ts';
import type { AgentLog } from '../domain/agent-time.ts';
import type { Interval } from '../domain/intervals.ts';
import { HALF_HOUR_MS, stepOf } from '../domain/steps.ts';
import * as store from '../store/agent-time.ts';
import type { AgentTimeInput } from '../store/agent-time.ts';
import { selectSegments } from '../store/segments.ts';
import type { AgentWindow, SegmentRow } from '../store/segments.ts';
import { selectShifts } from '../store/shifts.ts';
import type { Counting } from './zone.ts';

type Logs = Map<number, { [K in keyof AgentLog]: AgentLog[K][number][] }>;

function logFor(logs: Logs, agent: number) {
  let log = logs.get(agent);
  if (!log) {
    log = { presence: [], busy: [], wrap: [], shifts: [] };
    logs.set(agent, log);
  }
  return log;
}

const busyOf = ({ fromMs, untilMs }: SegmentRow, nowMs: number): Interval => [
  fromMs,
  untilMs ?? nowMs,
];

async function readLogs(ctx: Ctx, counting: Counting, window: AgentWindow): Promise<Logs> {
  const { batchId } = counting;
  const { agents, fromMs, untilMs } = window;
  const logs: Logs = new Map();
  for (const row of await store.selectPresence(ctx.db, batchId, window)) {
    logFor(logs, row.agent).presence.push(row);
  }
  for (const row of await selectSegments(ctx.db, batchId, window)) {
    const log = logFor(logs, row.agent);
    log.busy.push(busyOf(row, untilMs));
    if (row.wrapFromMs !== null) log.wrap.push([row.wrapFromMs, row.wrapUntilMs ?? untilMs]);
  }
  const time = { from: new Date(fromMs), until: new Date(untilMs) };
  for (const { agentId, startsAt, endsAt } of await selectShifts(ctx, { ...time, agents })) {
    logFor(logs, agentId).shifts.push([startsAt.getTime(), endsAt.getTime()]);
  }
  return logs;
}

/**
 * Counts how agents spent a time anew, in whole half hours. What goes on is counted up to `untilMs`, which must not be
 * in the future.
 */
export async function countWindow(tx: Tx, counting: Counting, window: AgentWindow): Promise<void> {
  const { batchId, zone } = counting;
  const { agents, untilMs } = window;
  if (agents.length === 0 || untilMs <= window.fromMs) return;
  const fromMs = stepOf(zone, window.fromMs);
  const rows: AgentTimeInput[] = [];
  for (const [agent, log] of await readLogs(tx, counting, { agents, fromMs, untilMs })) {
    for (const row of agentTime(zone, log, { from: fromMs, until: untilMs })) {
      rows.push({ ...row, agent });
    }
  }
  await store.replaceAgentTime(tx.db, batchId, { agents, fromMs, untilMs, rows });
}

/** The end of the half hour, or now when that is not over. */
const wholeSteps = (zone: string, untilMs: number, nowMs: number): number => {
  const step = stepOf(zone, untilMs);
  return Math.min(nowMs, step === untilMs ? untilMs : step + HALF_HOUR_MS);
};

export type Span = { agent: number; fromMs: number; untilMs: number };

/** Longest time counted in one piece. */
const PIECE_MS = 31 * 86_400_000;
const AGENTS = 50;

/** Counts stretches of agents' time anew: near ones together. */
export async function countSpans(
  tx: Tx,
  counting: Counting,
  { spans, nowMs }: { spans: Span[]; nowMs: number },
): Promise<void> {
  const { zone } = counting;
  const byWindow = new Map<string, AgentWindow>();
  for (const span of spans) {
    const end = wholeSteps(zone, Math.min(nowMs, span.untilMs), nowMs);
    for (let at = stepOf(zone, span.fromMs); at < end; at = stepOf(zone, at + PIECE_MS)) {
      const untilMs = Math.min(end, stepOf(zone, at + PIECE_MS));
      const window = byWindow.get(`${at}|${untilMs}`) ?? { agents: [], fromMs: at, untilMs };
      byWindow.set(`${at}|${untilMs}`, window);
      if (!window.agents.includes(span.agent)) window.agents.push(span.agent);
    }
  }
  for (const window of byWindow.values()) {
    for (let at = 0; at < window.agents.length; at += AGENTS) {
      await countWindow(tx, counting, { ...window, agents: window.agents.slice(at, at + AGENTS) });
    }
  }
}

/** One stretch for each agent that holds all of theirs, up to now where they go on. */
export function spansOf(changes: Span[]): Span[] {
  const byAgent = new Map<number, Span>();
  for (const { agent, fromMs, untilMs } of changes) {
    const span = byAgent.get(agent);
    if (!span) byAgent.set(agent, { agent, fromMs, untilMs });
    else {
      span.fromMs = Math.min(span.fromMs, fromMs);
      span.untilMs = Math.max(span.untilMs, untilMs);
    }
  }
  return [...byAgent.values()];
}

/** The stretches in which two versions of an interval differ. */
function difference(a: [number, number] | null, b: [number, number] | null): [number, number][] {
  if (!a || !b) return a || b ? [(a ?? b) as [number, number]] : [];
  const edges: [number, number][] = [];
  if (a[0] !== b[0]) edges.push([Math.min(a[0], b[0]), Math.max(a[0], b[0])]);
  if (a[1] !== b[1]) edges.push([Math.min(a[1], b[1]), Math.max(a[1], b[1])]);
  return edges;
}

const intervalOf = (from: number | null, until: number | null): [number, number] | null =>
  from === null ? null : [from, until ?? Infinity];

/** When the time of agents is another because the parts they had in contacts are. */
export function changedSpans(before: SegmentRow[], after: SegmentRow[]): Span[] {
  const keyOf = ({ contactId, part, agent }: SegmentRow) => `${contactId}|${part}|${agent}`;
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const pairs: [SegmentRow | null, SegmentRow | null][] = after.map((row) => [
    old.get(keyOf(row)) ?? null,
    row,
  ]);
  const now = new Set(after.map(keyOf));
  pairs.push(
    ...before.filter((row) => !now.has(keyOf(row))).map((row): [SegmentRow, null] => [row, null]),
  );
  return pairs.flatMap(([a, b]) => {
    const agent = (a ?? b)?.agent ?? 0;
    const parts = [
      ...difference(a && intervalOf(a.fromMs, a.untilMs), b && intervalOf(b.fromMs, b.untilMs)),
      ...difference(
        a && intervalOf(a.wrapFromMs, a.wrapUntilMs),
        b && intervalOf(b.wrapFromMs, b.wrapUntilMs),
      ),
    ];
    return parts.map(([fromMs, untilMs]) => ({ agent, fromMs, untilMs }));
  });
}

/**
 * Counts the time of all agents of a batch from their first state to their last, and in `more`. Without `nowMs` the log
 * has ended: what never ended is taken to end with its last line.
 */
export async function countAgentTime(
  ctx: Ctx,
  counting: Counting,
  { nowMs, more = [] }: { nowMs?: number; more?: Span[] } = {},
): Promise<void> {
  const noted = await store.selectAgentSpans(ctx.db, counting.batchId);
  const end = nowMs ?? Math.min(Date.now(), Math.max(0, ...noted.map(({ untilMs }) => untilMs)));
  const open = nowMs === undefined ? noted : noted.map((span) => ({ ...span, untilMs: end }));
  const spans = spansOf([...open, ...more]);
  for (let at = 0; at < spans.length; at += AGENTS) {
    const some = spans.slice(at, at + AGENTS);
    const first = Math.min(...some.map(({ fromMs }) => fromMs));
    const last = Math.min(end, Math.max(...some.map(({ untilMs }) => untilMs)));
    for (let start = first; start < last; start += PIECE_MS) {
      const piece = { fromMs: start, untilMs: Math.min(last, start + PIECE_MS) };
      const pieces = some.map(({ agent }) => ({ agent, ...piece }));
      await transact(ctx, (tx) => countSpans(tx, counting, { spans: pieces, nowMs: end }));
    }
  }
}
