import { Tier } from '@yingda/contract';
import type {
  ContactEventView,
  ContactFactView,
  ContactsQuery,
  NamedContactEvent,
} from '@yingda/contract';
import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { listContactEvents, subjectsOf } from '../../contacts/index.ts';
import { visibleAmong } from '../../conversations/index.ts';
import { namesOf } from '../../identity/index.ts';
import { everyQueue } from '../../routing/index.ts';
import { isUsableInstant } from '../domain/days.ts';
import { dayOf } from '../domain/steps.ts';
import { selectContact, selectContacts } from '../store/drill.ts';
import type { ContactRow } from '../store/drill.ts';
import { selectTargets } from '../store/targets.ts';
import { decodePlace, encodePlace } from './paging.ts';
import { limitsOf, readingOf } from './query.ts';
import { scopeOf } from './scope.ts';
import type { Scope } from './scope.ts';
import { kpiSettings } from './settings.ts';

const DAY_MS = 86_400_000;
/** The longest waits of more than this would have to be looked for among all contacts. */
const MOST_DAYS_TO_SORT = 100;
const MOST_DAYS = 30 * 366;

const Place = z.tuple([z.string().regex(/^-?\d{1,16}$/), z.uuid()]);

function present(row: ContactRow, scope: Scope, conversationId: string | null): ContactFactView {
  const nameOf = (id: number): string | null => scope.members.get(id)?.name ?? null;
  const tier = Tier.safeParse(row.tier);
  return {
    contactId: row.contactId,
    arrivedAt: row.arrivedAt.toISOString(),
    channel: row.channel,
    outcome: row.outcome,
    queue: nameOf(row.queue),
    agent: nameOf(row.agent),
    topic: nameOf(row.topic),
    type: nameOf(row.type),
    tier: tier.success ? tier.data : null,
    waitSeconds: row.waitMs / 1000,
    talkSeconds: row.talkMs / 1000,
    holdSeconds: row.holdMs / 1000,
    wrapUpSeconds: row.wrapMs / 1000,
    isTransferred: row.isTransferred,
    source: scope.sources.find(({ id }) => id === row.batch)?.name ?? '',
    conversationId,
  };
}

/** Contacts as readers see them, with the conversations they may open. */
async function presentAll(ctx: Ctx, scope: Scope, rows: ContactRow[]): Promise<ContactFactView[]> {
  const subjects = await subjectsOf(
    ctx,
    rows.map(({ contactId }) => contactId),
  );
  const open = await visibleAmong(ctx, [...subjects.values()]);
  return rows.map((row) => {
    const subject = subjects.get(row.contactId);
    return present(row, scope, subject !== undefined && open.has(subject) ? subject : null);
  });
}

function stretchOf({ since, until, sort }: ContactsQuery): { since: Date; until: Date } {
  if (!isUsableInstant(since) || !isUsableInstant(until)) throw new Problem('kpi.period_invalid');
  const stretch = { since: new Date(since), until: new Date(until) };
  const days = (stretch.until.getTime() - stretch.since.getTime()) / DAY_MS;
  const most = sort === 'newest' ? MOST_DAYS : MOST_DAYS_TO_SORT;
  if (!(days >= 0 && days <= most)) throw new Problem('kpi.period_invalid');
  return stretch;
}

/**
 * The contacts behind a figure. Throws `kpi.period_invalid` for a reversed stretch, or one of more than 100 days when
 * sorted by length; `request.malformed` for a foreign cursor.
 */
export async function contactsBehind(
  ctx: Ctx,
  query: ContactsQuery,
): Promise<{ items: ContactFactView[]; nextCursor: string | null }> {
  const { since, until } = stretchOf(query);
  const [rank, id] = decodePlace(query.cursor, Place) ?? [];
  const [scope, settings] = [await scopeOf(ctx), await kpiSettings(ctx)];
  const zone = settings.timeZone;
  const { standard, outcome, sort, limit } = query;
  const period = { from: dayOf(zone, since.getTime()), to: dayOf(zone, until.getTime()) };
  const rows = await selectContacts(ctx, {
    slice: readingOf(scope, query).slice,
    since,
    until,
    zone,
    limits: limitsOf(settings, await selectTargets(ctx), period),
    repeatMs: settings.repeatWindowDays * DAY_MS,
    standard,
    outcome,
    sort,
    after: rank !== undefined && id !== undefined ? { rank, id } : undefined,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await presentAll(ctx, scope, page),
    nextCursor: rows.length > limit && last ? encodePlace([last.rank, last.contactId]) : null,
  };
}

const memberIn = (data: Record<string, unknown>, name: string): number =>
  typeof data[name] === 'number' ? data[name] : 0;

async function named(
  ctx: Ctx,
  scope: Scope,
  events: ContactEventView[],
): Promise<NamedContactEvent[]> {
  const queues = new Map((await everyQueue(ctx)).map((queue) => [queue.id, queue.name]));
  const agents = await namesOf(
    ctx,
    events.flatMap(({ agentId }) => agentId ?? []),
  );
  const nameOf = (id: number): string | null => scope.members.get(id)?.name ?? null;
  return events.map((event) => {
    const { queueMember, agentMember, ...data } = event.data;
    const { queueId, agentId } = event;
    return {
      ...event,
      data,
      queueName: queueId
        ? (queues.get(queueId) ?? null)
        : nameOf(memberIn({ queueMember }, 'queueMember')),
      agentName: agentId
        ? (agents.get(agentId) ?? null)
        : nameOf(memberIn({ agentMember }, 'agentMember')),
    };
  });
}

/** One contact with all that happened to it. Throws `kpi.contact_not_found`, also for what the actor may not see. */
export async function countedContact(
  ctx: Ctx,
  id: string,
): Promise<{ contact: ContactFactView; events: NamedContactEvent[] }> {
  const scope = await scopeOf(ctx);
  const row = await selectContact(ctx, id, readingOf(scope, {}).slice);
  if (!row) throw new Problem('kpi.contact_not_found');
  const [contact] = await presentAll(ctx, scope, [row]);
  if (!contact) throw new Problem('kpi.contact_not_found');
  return { contact, events: await named(ctx, scope, await listContactEvents(ctx, [id])) };
}
