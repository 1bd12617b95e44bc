import type { Channel, ContactEventType, Tier } from '@yingda/contract';
import type { Ctx } from '../../platform/ctx.ts';
import type { LogEvent } from './domain/fact.ts';
import { countedContactId } from './domain/contact-id.ts';
import { recordNames } from './domain/contributions.ts';
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

function eventsOf(call: Call, ids: Ids): LogEvent[] {
  const { queue = '', agent, to, wait = 0, talk = 60, hold = 0, wrap = 0 } = call;
  const start = Date.parse(call.at);
  const line: LogEvent[] = [];
  const add = (type: ContactEventType, after: number, who = ''): void => {
    line.push({
      type,
      at: start + after * SECOND,
      queue: ids.queue.get(queue) ?? 0,
      agent: ids.agent.get(who) ?? 0,
      byBot: false,
      data: {},
    });
  };
  add('arrived', 0);
  if (call.isBlocked) add('blocked', 0);
  if (call.isBlocked) return line;
  add('queued', 0);
  if (!agent) add('abandoned', wait);
  if (!agent) return line;
  let at = wait;
  for (const who of [agent, ...(to ? [to] : [])]) {
    add('accepted', at, who);
    if (hold > 0) add('held', at, who);
    if (hold > 0) add('resumed', at + hold, who);
    at += talk + hold;
    const isLast = who === (to ?? agent);
    add(isLast ? 'ended' : 'transferred', at, who);
    if (isLast && wrap > 0) add('wrap_up_started', at, who);
    if (isLast && wrap > 0) add('wrap_up_ended', at + wrap, who);
  }
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

/** Loads calls as an imported log; gives the number of the batch, which reports call a source. */
export async function loadCalls(
  ctx: Ctx,
  log: string,
  calls: Call[],
  records: readonly string[] = recordNames,
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
  await loadContacts(ctx, batch, contacts);
  await finishBatch(ctx, batch);
  return batch;
}
