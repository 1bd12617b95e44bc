import type {
  AutomationClock,
  AutomationPreview,
  InputOf,
  previewAutomation as previewRoute,
} from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { localTime } from '../../../kernel/local-time.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { pastConversationAnchors, pastConversationEvents } from '../../conversations/index.ts';
import { organisation } from '../../identity/index.ts';
import { organisationCalendar, pastOrderAnchors, pastOrderEvents } from '../../orders/index.ts';
import { dueOf } from '../domain/clocks.ts';
import { asksFor, holds } from '../domain/conditions.ts';
import type { Facts } from '../domain/conditions.ts';
import { requireFit } from './automations.ts';
import { factsOf, loadSubjects, refOf } from './subjects.ts';

type Asked = InputOf<typeof previewRoute, 'body'>;

const DAY_MS = 86_400_000;
const MOST = 20_000;
const SAMPLES = 100;
const PAGE = 500;
/** Working time passes slowly: how much further back a clock may have begun. */
const SLOWEST = 10;

/** Something that would have started an automation. */
type PastStart = {
  id: string;
  at: Date;
  by: string | null;
  text: string | null;
  step: string | null;
  previousStep: string | null;
  callResult: string | null;
};
type Anchor = PastStart & { until: Date | null };

const plain = { step: null, previousStep: null, callResult: null };

/** The inline events and writers that stand for conversation events. */
function talkSources(names: string[]) {
  const short = names.map((name) => name.slice('conversation.'.length));
  const authors = [
    ...(short.includes('customer_wrote') ? ['customer'] : []),
    ...(short.includes('agent_wrote') ? ['agent'] : []),
  ];
  // Given back to the queue is told as unassigned.
  const events = short.map((name) => (name === 'released' ? 'unassigned' : name));
  return { authors, events };
}

async function pastEvents(ctx: Ctx, asked: Asked, from: Date): Promise<PastStart[]> {
  if (asked.when.kind !== 'event') return [];
  const { events: names } = asked.when;
  const limit = MOST + 1;
  if (asked.subject === 'order') {
    const short = names.map((name) => name.slice('order.'.length));
    return pastOrderEvents(ctx, { from, limit, names: short });
  }
  const found = await pastConversationEvents(ctx, { from, limit, ...talkSources(names) });
  return found.map((one) => ({ ...plain, ...one }));
}

async function anchorsOf(
  ctx: Ctx,
  { subject }: Asked,
  asked: { from: Date; limit: number; clock: AutomationClock },
): Promise<Anchor[]> {
  if (subject === 'order') return pastOrderAnchors(ctx, asked);
  const found = await pastConversationAnchors(ctx, asked);
  return found.map((one) => ({ ...plain, ...one }));
}

/** When clocks would have run out within the days asked for. */
async function pastTimes(ctx: Ctx, asked: Asked, from: Date): Promise<PastStart[]> {
  const { when } = asked;
  if (when.kind !== 'time') return [];
  const isWorking = when.by === 'working';
  const calendar = isWorking ? await organisationCalendar(ctx) : null;
  const add = (at: number, ms: number) => (calendar ? calendar.add(at, ms) : at + ms);
  const back = when.minutes * 60_000 * (isWorking ? SLOWEST : 1);
  const since = new Date(from.getTime() - Math.min(back, 400 * DAY_MS));
  const anchors = await anchorsOf(ctx, asked, { from: since, limit: MOST + 1, clock: when.clock });
  const now = Date.now();
  return anchors.flatMap(({ until, ...one }) => {
    const at = dueOf(when, one.at.toISOString(), add);
    if (at === null || at < from.getTime() || at > now) return [];
    if (until !== null && at >= until.getTime()) return [];
    return [{ ...one, at: new Date(at), by: null, text: null }];
  });
}

/** The facts as they are today, with what the history still knows of the moment. */
function factsThen(facts: Facts, start: PastStart, asked: Asked): Facts {
  const isEnd =
    asked.when.kind === 'event'
      ? asked.when.events.every((name) => name === 'order.closed')
      : asked.when.clock === 'order.since_closed';
  const order = asked.subject === 'order' && {
    'order.step': start.step ?? facts.values['order.step'],
    'order.previousStep': start.previousStep,
    'order.status': isEnd ? facts.values['order.status'] : 'open',
    'event.callResult': start.callResult,
  };
  const event = { 'event.by': start.by, 'event.text': start.text };
  return { ...facts, values: { ...facts.values, ...order, ...event } };
}

type Match = { at: Date; id: string };

async function matchesOf(ctx: Ctx, asked: Asked, starts: PastStart[]): Promise<Match[]> {
  const matches: Match[] = [];
  const customers = asksFor(asked.conditions, 'customer.');
  for (let first = 0; first < starts.length; first += PAGE) {
    const page = starts.slice(first, first + PAGE);
    const refs = page.map(({ id }) => ({ kind: asked.subject, id }));
    const subjects = await loadSubjects(ctx, refs, { customers });
    for (const start of page) {
      const subject = subjects.get(start.id);
      if (!subject) continue;
      const facts = factsOf(subject, null, start.at.getTime());
      if (holds(asked.conditions, factsThen(facts, start, asked))) matches.push(start);
    }
  }
  return matches;
}

async function samplesOf(ctx: Ctx, asked: Asked, matches: Match[]) {
  // Newest first; a thing that would have been met several times is shown once.
  const newest = [...new Map(matches.toReversed().map((match) => [match.id, match])).values()]
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, SAMPLES);
  const refs = newest.map(({ id }) => ({ kind: asked.subject, id }));
  const subjects = await loadSubjects(ctx, refs, { customers: false });
  return newest.flatMap(({ at, id }) => {
    const subject = subjects.get(id);
    return subject ? [{ at: at.toISOString(), subject: refOf(subject) }] : [];
  });
}

/** When an automation would have run in the past days. Nothing is done; conditions see things as they are today. */
export async function previewAutomation(ctx: Ctx, asked: Asked): Promise<AutomationPreview> {
  requireRight(ctx.actor, 'automation.manage');
  requireFit(asked);
  const now = Date.now();
  const from = new Date(now - asked.days * DAY_MS);
  const found =
    asked.when.kind === 'event'
      ? await pastEvents(ctx, asked, from)
      : await pastTimes(ctx, asked, from);
  const starts = found.slice(0, MOST).toSorted((a, b) => b.at.getTime() - a.at.getTime());
  const matches = await matchesOf(ctx, asked, starts);
  const { timeZone } = await organisation(ctx);
  const dayOf = (at: Date | number): string =>
    new Date(localTime(timeZone, Number(at)).day * DAY_MS).toISOString().slice(0, 10);
  const perDay = new Map<string, number>();
  for (let at = from.getTime(); at < now + DAY_MS; at += DAY_MS) {
    perDay.set(dayOf(Math.min(at, now)), 0);
  }
  for (const { at } of matches) perDay.set(dayOf(at), (perDay.get(dayOf(at)) ?? 0) + 1);
  return {
    from: from.toISOString(),
    considered: starts.length,
    isCut: found.length > MOST,
    matched: matches.length,
    subjects: new Set(matches.map(({ id }) => id)).size,
    perDay: [...perDay].map(([date, matched]) => ({ date, matched })),
    samples: await samplesOf(ctx, asked, matches),
  };
}
