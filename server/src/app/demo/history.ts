import { recordNames } from '@yingda/contract';
import {
  addEntries,
  addShifts,
  addTarget,
  agentMembers,
  countedContactId,
  finishBatch,
  loadContacts,
  loadPresence,
  memberIds,
  openBatch,
  queueMembers,
} from '../../modules/kpi/index.ts';
import type { LoadedContact } from '../../modules/kpi/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { simulateCentre, tierOf } from './centre-log/index.ts';
import type { CentreSpec, LoggedContact, Shift, SignedIn } from './centre-log/index.ts';
import type { TeamKey } from './company.ts';
import { demoCentre } from './history-centre.ts';
import { endOf, eventsOf } from './history-events.ts';
import type { Places } from './history-events.ts';

const DAY = 86_400_000;
const DAYS = 92;
const CONTACTS = DAYS * 120;
const SEED = 20_261_123;
const CHUNK = 4_000;
const LOG = 'demo';
/** What the history tells: everything. */
const records = [...recordNames];

/** Who works in the demo, and where its contacts wait. */
export type DemoTeams = {
  queues: Record<TeamKey, string>;
  agents: { userId: string; name: string; team: TeamKey }[];
};

const isoOf = (ms: number): string => new Date(ms).toISOString();
/** Shanghai's date of an instant. */
const dateOf = (ms: number): string => isoOf(ms + 8 * 3_600_000).slice(0, 10);

async function placesOf(ctx: Ctx, centre: CentreSpec, teams: DemoTeams): Promise<Places> {
  const queueIds = centre.queues.map(({ name }) => teams.queues[name as TeamKey]);
  const userIds = teams.agents.map(({ userId }) => userId);
  const queues = await queueMembers(ctx, queueIds);
  const agents = await agentMembers(ctx, userIds);
  return {
    queues: queueIds.map((id) => queues.get(id) ?? 0),
    agents: userIds.map((id) => agents.get(id) ?? 0),
  };
}

type Names = { types: Map<string, number>; topics: Map<string, number> };

async function namesOf(ctx: Ctx, { types }: CentreSpec): Promise<Names> {
  return {
    types: await memberIds(
      ctx,
      'type',
      types.map(({ name }) => name),
    ),
    topics: await memberIds(
      ctx,
      'topic',
      types.flatMap(({ topics }) => topics),
    ),
  };
}

function loadedOf(
  contact: LoggedContact,
  { centre, places, names }: { centre: CentreSpec; places: Places; names: Names },
): LoadedContact {
  const { number, arrivedAt, channel, customer } = contact;
  const type = centre.types[contact.type];
  return {
    contactId: countedContactId(LOG, String(number), arrivedAt),
    events: eventsOf(contact, places),
    attributes: {
      channel,
      topic: names.topics.get(type?.topics[contact.topic] ?? '') ?? 0,
      type: names.types.get(type?.name ?? '') ?? 0,
      tier: tierOf(customer),
      customer: customer + 1,
    },
  };
}

function presenceOf(signedIn: SignedIn[], places: Places, now: number) {
  return signedIn
    .filter(({ from, until }) => from < now && from < until)
    .map(({ agent, from, until, state, reason }) => ({
      agent: places.agents[agent] ?? 0,
      fromMs: from,
      untilMs: Math.min(until, now),
      state,
      reason,
    }));
}

async function loadHistory(ctx: Ctx, teams: DemoTeams, now: number): Promise<Places> {
  const centre = demoCentre(teams.agents);
  const [places, names] = [await placesOf(ctx, centre, teams), await namesOf(ctx, centre)];
  const from = Math.floor(now / DAY) * DAY - DAYS * DAY;
  const log = simulateCentre({ centre, contacts: CONTACTS, seed: SEED, from, until: now });
  const batchId = await openBatch(ctx, {
    kind: 'import',
    log: LOG,
    name: '演示数据 Demo',
    records,
  });
  let chunk: LoadedContact[] = [];
  for (const contact of log.contacts) {
    const loaded = loadedOf(contact, { centre, places, names });
    // What would not be over yet is left out: nobody is there to finish it.
    if (endOf(loaded.events) < now) chunk.push(loaded);
    if (chunk.length < CHUNK) continue;
    await loadContacts(ctx, batchId, chunk);
    chunk = [];
  }
  await loadContacts(ctx, batchId, chunk);
  const { signedIn, shifts } = log.takeTimes();
  await loadPresence(ctx, batchId, presenceOf(signedIn, places, now));
  await planShifts(ctx, shifts, places);
  await finishBatch(ctx, batchId);
  return places;
}

const MOST_SHIFTS = 1_000;

async function planShifts(ctx: Ctx, shifts: Shift[], { agents }: Places): Promise<void> {
  const planned = shifts.map(({ agent, from, until }) => ({
    agentId: agents[agent] ?? 0,
    startsAt: isoOf(from),
    endsAt: isoOf(until),
  }));
  for (let at = 0; at < planned.length; at += MOST_SHIFTS)
    await addShifts(ctx, planned.slice(at, at + MOST_SHIFTS));
}

type Month = { from: string; to: string };

/** The last so many months, the newest first; the running one to its end. */
function months(now: number, count: number): Month[] {
  const [year = 0, month = 1] = dateOf(now).split('-').map(Number);
  return Array.from({ length: count }, (_, back) => ({
    from: isoOf(Date.UTC(year, month - 1 - back, 1)).slice(0, 10),
    to: isoOf(Date.UTC(year, month - back, 0)).slice(0, 10),
  }));
}

const none = { agentId: null, teamId: null, note: '' };
const grades = [92, 85, 88, 79, 94, 83, 90, 87, 76, 91, 89, 84];

/** Costs, staff and grades as somebody in the office would enter them, money in minor units. */
async function enterFigures(ctx: Ctx, { agents }: Places, now: number): Promise<void> {
  const periods = months(now, 4);
  const monthly = periods.flatMap((period, back) => [
    { ...none, ...period, measure: 'cost_fixed' as const, value: 3_150_000 + back * 20_000 },
    { ...none, ...period, measure: 'cost_variable' as const, value: 820_000 - back * 35_000 },
    { ...none, ...period, measure: 'staff' as const, value: 9 },
    { ...none, ...period, measure: 'leavers' as const, value: back === 2 ? 1 : 0 },
  ]);
  const today = dateOf(now);
  const graded = periods.flatMap(({ from }, back) =>
    agents.flatMap((agentId, at) =>
      [4, 11, 18, 25].flatMap((day, nth) => {
        const date = `${from.slice(0, 8)}${String(day).padStart(2, '0')}`;
        const value = grades[(at * 5 + back * 3 + nth * 7) % grades.length] ?? 85;
        const grade = { ...none, measure: 'grade' as const, from: date, to: date, value, agentId };
        return date <= today ? [grade] : [];
      }),
    ),
  );
  await addEntries(ctx, [...monthly, ...graded]);
}

async function setTargets(ctx: Ctx, { queues }: Places, now: number): Promise<void> {
  const validFrom = months(now, 5).at(-1)?.from ?? dateOf(now);
  const target = { typeId: null, queueId: null, norm: null, low: null, high: null, seconds: null };
  await addTarget(ctx, {
    ...target,
    standard: 'cost_per_contact',
    low: 700,
    high: 1_100,
    validFrom,
    note: '按人民币重定 In yuan',
  });
  await addTarget(ctx, {
    ...target,
    standard: 'service_level',
    queueId: queues[2] ?? null,
    low: 90,
    seconds: 15,
    validFrom,
    note: '会员专席 For members',
  });
  await addTarget(ctx, {
    ...target,
    standard: 'monitoring_score',
    norm: 85,
    low: 85,
    validFrom,
    note: '',
  });
}

/**
 * Three months of contacts up to now, with sign-in times, shifts, costs, staff, grades and targets, so that all 23
 * standards of the demo have something to say. The contacts come in as those of an imported log do.
 */
export async function seedHistory(ctx: Ctx, teams: DemoTeams, now = Date.now()): Promise<void> {
  const places = await loadHistory(ctx, teams, now);
  await enterFigures(ctx, places, now);
  await setTargets(ctx, places, now);
}
