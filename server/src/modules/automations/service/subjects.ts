import type { AutomationSubject, CustomerView, SubjectRef } from '@yingda/contract';
import { Uuid } from '@yingda/contract';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { conversationFacts, conversationIdOf } from '../../conversations/index.ts';
import type { ConversationFacts } from '../../conversations/index.ts';
import { customerView } from '../../customers/index.ts';
import { orderFacts, orderIdOf } from '../../orders/index.ts';
import type { OrderFacts } from '../../orders/index.ts';
import type { Happening } from '../../webhooks/index.ts';
import type { Facts } from '../domain/conditions.ts';
import type { Times } from '../domain/clocks.ts';

/** An order or conversation as automations see it. */
export type Subject =
  | { kind: 'order'; id: string; order: OrderFacts; customer: CustomerView | null }
  | {
      kind: 'conversation';
      id: string;
      conversation: ConversationFacts;
      customer: CustomerView | null;
    };

type Ref = { kind: AutomationSubject; id: string };
export type Wanted = { customers: boolean };

/** Customers of a batch, each asked for once. */
async function customersOf(ctx: Ctx, ids: (string | null)[]): Promise<Map<string, CustomerView>> {
  const found = new Map<string, CustomerView>();
  for (const id of new Set(ids)) {
    if (id === null) continue;
    try {
      found.set(id, await customerView(ctx, id));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
  return found;
}

const idsOf = (refs: Ref[], kind: AutomationSubject): string[] =>
  refs.filter((ref) => ref.kind === kind).map(({ id }) => id);

export const customerIdOf = (subject: Subject): string | null =>
  subject.kind === 'order'
    ? subject.order.order.customerId
    : subject.conversation.conversation.customer.id;

/** Orders and conversations by id, with their customers when conditions ask for what only they tell. */
export async function loadSubjects(
  ctx: Ctx,
  refs: Ref[],
  { customers: isWanted }: Wanted,
): Promise<Map<string, Subject>> {
  const orders = await orderFacts(ctx, idsOf(refs, 'order'));
  const conversations = await conversationFacts(ctx, idsOf(refs, 'conversation'));
  const subjects: Subject[] = [
    ...[...orders].map(([id, order]): Subject => ({ kind: 'order', id, order, customer: null })),
    ...[...conversations].map(([id, conversation]): Subject => ({
      kind: 'conversation',
      id,
      conversation,
      customer: null,
    })),
  ];
  const customers = isWanted ? await customersOf(ctx, subjects.map(customerIdOf)) : new Map();
  return new Map(
    subjects.map((subject) => {
      const customer = customers.get(customerIdOf(subject)) ?? null;
      return [subject.id, { ...subject, customer }];
    }),
  );
}

/** One of them; throws `automation.subject_not_found`. */
export async function loadSubject(ctx: Ctx, ref: Ref): Promise<Subject> {
  const found = await loadSubjects(ctx, [ref], { customers: true });
  return orProblem(found.get(ref.id), 'automation.subject_not_found');
}

/** By id, or by the number that people say. */
export async function findSubject(ctx: Ctx, kind: AutomationSubject, on: string): Promise<Subject> {
  if (Uuid.safeParse(on).success) return loadSubject(ctx, { kind, id: on });
  const number = on.replace(/^#/, '');
  const isNumber = /^\d{1,9}$/.test(number);
  const id =
    kind === 'order'
      ? await orderIdOf(ctx, on)
      : isNumber
        ? await conversationIdOf(ctx, Number(number))
        : undefined;
  return loadSubject(ctx, { kind, id: orProblem(id, 'automation.subject_not_found') });
}

export function refOf(subject: Subject): SubjectRef {
  const { kind, id } = subject;
  if (subject.kind === 'order') {
    return { kind, id, number: subject.order.order.number, title: subject.order.order.subject };
  }
  const { number, subject: title, customer } = subject.conversation.conversation;
  return { kind, id, number: `#${number}`, title: title || customer.name };
}

/** What conditions may know of the event that started it. */
export type Cause = Pick<Happening, 'name' | 'at' | 'by' | 'text' | 'previousStep' | 'callResult'>;

const minutesSince = (at: string | null, now: number): number | null =>
  at === null ? null : Math.floor((now - Date.parse(at)) / 60_000);

function orderValues({ order: o, form, ...facts }: OrderFacts, now: number) {
  const values: Facts['values'] = {
    'order.subject': o.subject,
    'order.description': form.description,
    'order.product': form.product,
    'order.region': form.region,
    'order.result': form.result,
    'order.rootCause': form.rootCause,
    'order.category': o.categoryId,
    'order.isComplaint': o.isComplaint,
    'order.priority': o.priority,
    'order.status': o.status,
    'order.flow': o.flowKey,
    'order.step': o.stepKey,
    'order.clock': o.clock,
    'order.department': o.departmentId,
    'order.ownerTeam': o.ownerTeamId,
    'order.owner': o.ownerId,
    'order.recorderTeam': facts.recorderTeamId,
    'order.recorder': o.recorderId,
    'order.reopened': o.reopened,
    'order.rating': facts.rating,
    'order.spentMinutes': facts.spentMinutes,
    'order.ageMinutes': minutesSince(o.createdAt, now),
    'order.stepMinutes': minutesSince(o.stepSince, now),
    'customer.name': o.customerName,
    'customer.tier': o.tier,
  };
  return values;
}

function conversationValues({ conversation: c }: ConversationFacts, now: number) {
  const values: Facts['values'] = {
    'conversation.subject': c.subject,
    'conversation.lastMessage': c.preview,
    'conversation.channel': c.channel,
    'conversation.status': c.status,
    'conversation.priority': c.priority,
    'conversation.team': c.teamId,
    'conversation.assignee': c.assigneeId,
    'conversation.tags': c.tags,
    'conversation.waitingMinutes': minutesSince(c.waitingSince, now),
    'conversation.ageMinutes': minutesSince(c.createdAt, now),
    'customer.name': c.customer.name,
    'customer.tier': c.customer.tier,
  };
  return values;
}

function eventValues(cause: Cause | null): Facts['values'] {
  if (cause === null) return {};
  const { previousStep, by, text, callResult } = cause;
  return {
    'order.previousStep': previousStep,
    'event.by': by,
    'event.text': text,
    'event.callResult': callResult,
  };
}

/** What is known of a subject, as conditions ask for it. */
export function factsOf(subject: Subject, cause: Cause | null, now: number = Date.now()): Facts {
  const { customer } = subject;
  const isOrder = subject.kind === 'order';
  const own = isOrder
    ? orderValues(subject.order, now)
    : conversationValues(subject.conversation, now);
  const known = customer && {
    'customer.company': customer.company,
    'customer.tags': customer.tags,
  };
  return {
    values: { ...own, ...eventValues(cause), ...known },
    custom: {
      order: isOrder ? subject.order.form.fields : {},
      customer: customer?.fields ?? {},
    },
  };
}

/** The times from which automations over time count. */
export function timesOf(subject: Subject): Times {
  if (subject.kind === 'order') {
    const { order: o, pausedFor, touchedAt } = subject.order;
    return {
      isOpen: o.status === 'open',
      isRunning: pausedFor === null,
      created: o.createdAt,
      stepSince: o.stepSince,
      touched: touchedAt,
      due: o.dueAt,
      ended: o.closedAt,
      waitingSince: null,
    };
  }
  const { conversation: c, spokenAt } = subject.conversation;
  return {
    isOpen: c.status !== 'resolved',
    isRunning: true,
    created: c.createdAt,
    stepSince: null,
    touched: spokenAt,
    due: null,
    ended: c.resolvedAt,
    waitingSince: c.waitingSince,
  };
}
