import type { Agent, Company, Team } from './company.ts';
import { customerOf } from './customers.ts';
import type { Customer, Visits } from './customers.ts';
import { idOf } from './random.ts';
import type { Random } from './random.ts';
import { conversationTags, questionText, replyText, subjectText } from './texts.ts';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

export type Said = { at: number; by: 'customer' | 'agent'; text: string };
export type Status = 'open' | 'waiting' | 'snoozed' | 'resolved';
/** One conversation as it is now, with what was said in it. */
export type Conversation = {
  index: number;
  id: string;
  contactId: string;
  at: number;
  customer: Customer;
  channel: string;
  team: Team;
  agent: Agent | null;
  status: Status;
  priority: string;
  subject: string;
  tags: string[];
  said: [Said, ...Said[]];
  offeredAt: number | null;
  acceptedAt: number | null;
  snoozedUntil: number | null;
  resolvedAt: number | null;
};

export type Plan = {
  seed: number;
  conversations: number;
  /** Messages in a conversation, on average. */
  messagesPer: number;
  /** ms: the first and the last instant. */
  from: number;
  until: number;
  company: Company;
  questions: string[];
};

/**
 * Of the last days' conversations most are under way, and here and there an old one was never closed: over two years
 * three in a hundred.
 */
function statusOf(ageMs: number, random: Random): Status {
  const days = ageMs / DAY;
  if (!random.chance(0.62 * Math.exp(-days / 12) + 0.014)) return 'resolved';
  const roll = random.next();
  if (roll < 0.4) return 'open';
  return roll < 0.73 ? 'waiting' : 'snoozed';
}

/** How much is said. An open conversation ends with the customer's word, others with the agent's where one was said. */
function lengthOf(mean: number, status: Status, random: Random): number {
  if (random.chance(1 / 2_000)) return 150 + 2 * random.int(75) + (status === 'open' ? 1 : 0);
  if (mean <= 1) return status === 'waiting' ? 2 : 1;
  const length = Math.min(80, 1 + Math.floor(-Math.log(1 - random.next()) * (mean - 1) + 0.5));
  if (status === 'open') return length - ((length + 1) % 2);
  return status === 'waiting' ? length + (length % 2) : length;
}

function talk(
  plan: Plan,
  shape: { at: number; length: number; answered: boolean },
  random: Random,
): [Said, ...Said[]] {
  const first: Said = { at: shape.at, by: 'customer', text: questionText(plan.questions, random) };
  const said: [Said, ...Said[]] = [first];
  let { at } = shape;
  let asked = first.text;
  for (let turn = 1; turn < shape.length; turn += 1) {
    const byAgent = shape.answered && turn % 2 === 1;
    at = Math.min(plan.until, at + (15 + random.int(byAgent ? 90 : 240)) * SECOND);
    if (!byAgent) asked = questionText(plan.questions, random);
    said.push({
      at,
      by: byAgent ? 'agent' : 'customer',
      text: byAgent ? replyText(asked, random) : asked,
    });
  }
  return said;
}

const channels = [
  'webchat',
  'webchat',
  'webchat',
  'webchat',
  'webchat',
  'webchat',
  'webchat',
  'email',
  'email',
  'wechat',
] as const;
function priorityOf(roll: number): string {
  if (roll < 0.01) return 'urgent';
  if (roll < 0.06) return 'high';
  return roll < 0.1 ? 'low' : 'normal';
}

/** When the last team was dissolved, as a share of the time: lists of it reach far back. */
const DISSOLVED_AFTER = 0.4;

/** The first teams have more to do than the last ones. */
function teamOf({ company: { teams }, from, until }: Plan, at: number, random: Random): Team {
  const late = at > from + (until - from) * DISSOLVED_AFTER;
  const count = late && teams.length > 1 ? teams.length - 1 : teams.length;
  return teams[Math.floor(count * random.next() ** 1.5)] ?? teams[0];
}

type Place = { index: number; at: number; visits: Visits };

/** The conversation that begins at this instant. */
export function conversationOf(
  plan: Plan,
  { index, at, visits }: Place,
  random: Random,
): Conversation {
  const customerIndex = visits.next(at, random);
  const customer = customerOf(plan.seed, customerIndex, visits.firstAt[customerIndex] ?? at);
  const status = statusOf(plan.until - at, random);
  const team = teamOf(plan, at, random);
  const unassigned = status === 'open' && plan.until - at < 14 * DAY && random.chance(0.25);
  const length = lengthOf(plan.messagesPer, status, random);
  const said = talk(plan, { at, length, answered: !unassigned }, random);
  const last = said.at(-1)?.at ?? at;
  const offeredAt = unassigned ? null : Math.min(plan.until, at + random.int(40) * SECOND);
  return {
    index,
    id: idOf('conversation', at, index),
    contactId: idOf('contact', at, index),
    at,
    customer,
    channel: random.pick(channels),
    team,
    agent: unassigned ? null : random.pick(team.agents),
    status,
    priority: priorityOf(random.next()),
    subject: random.chance(0.2) ? subjectText(random) : '',
    tags: conversationTags(random),
    said,
    offeredAt,
    acceptedAt:
      offeredAt === null ? null : Math.min(plan.until, offeredAt + (1 + random.int(12)) * SECOND),
    snoozedUntil:
      status === 'snoozed' ? plan.until + (1 + random.int(14 * 24)) * 3_600 * SECOND : null,
    resolvedAt:
      status === 'resolved' ? Math.min(plan.until, last + (30 + random.int(600)) * SECOND) : null,
  };
}
