import { orProblem, Problem } from '../../../kernel/problem.ts';
import {
  assignConversation,
  conversationFacts,
  resolveConversation,
  transferConversation,
  updateConversation,
  writeIn,
} from '../../conversations/index.ts';
import { updateCustomer, customerView } from '../../customers/index.ts';
import { listQueues } from '../../routing/index.ts';
import { nameOf } from './doing.ts';
import type { Deed, Doing } from './doing.ts';
import { customerIdOf } from './subjects.ts';

/** The conversation itself, or the one that the order came from. */
const conversationIdOf = ({ subject }: Doing): string | null =>
  subject.kind === 'conversation' ? subject.id : subject.order.conversationId;

async function present({ tx }: Doing, id: string) {
  return orProblem(
    (await conversationFacts(tx, [id])).get(id)?.conversation,
    'automation.subject_not_found',
  );
}

export const setConversationField: Deed<'set_field'> = async (doing, { set }) => {
  const { tx, subject } = doing;
  if (set.field === 'custom') {
    const id = orProblem(customerIdOf(subject), 'customer.not_found');
    await updateCustomer(tx, { id, fields: { [set.key]: set.value } });
    const detail = set.value === null ? '' : String(set.value);
    return { field: `custom.${set.key}`, detail, changed: true };
  }
  const before = await present(doing, subject.id);
  if (set.field === 'priority') {
    const changed = before.priority !== set.value;
    if (changed) await updateConversation(tx, { id: subject.id, changes: { priority: set.value } });
    return { field: set.field, detail: set.value, changed };
  }
  if (set.field !== 'subject') throw new Error('of orders');
  const text = (await doing.say(set.value)).slice(0, 200);
  const changed = before.subject !== text;
  if (changed) await updateConversation(tx, { id: subject.id, changes: { subject: text } });
  return { field: set.field, detail: text, changed };
};

export const setTier: Deed<'set_field'> = async ({ tx, subject }, { set }) => {
  if (set.field !== 'tier') throw new Error('only of tiers');
  const id = orProblem(customerIdOf(subject), 'customer.not_found');
  const { tier } = await customerView(tx, id);
  if (tier !== set.value) await updateCustomer(tx, { id, tier: set.value });
  return { field: set.field, detail: set.value, changed: tier !== set.value };
};

export const assignTalk: Deed<'assign'> = async (doing, { userId, teamId }) => {
  const { tx, subject } = doing;
  const before = await present(doing, subject.id);
  const isElsewhere = teamId !== null && teamId !== before.teamId;
  if (isElsewhere) {
    const queue = (await listQueues(tx)).find((one) => one.teamId === teamId);
    const queueId = orProblem(queue?.id, 'queue.not_found');
    await transferConversation(tx, { id: subject.id, to: { kind: 'queue', queueId }, note: '' });
  }
  const isOther = userId !== (isElsewhere ? null : before.assigneeId);
  if (isOther) await assignConversation(tx, { id: subject.id, assigneeId: userId });
  return { detail: await nameOf(tx, userId), changed: isElsewhere || isOther };
};

export const resolve: Deed<'resolve'> = async (doing) => {
  const { id } = doing.subject;
  if ((await present(doing, id)).status === 'resolved') return { detail: '', changed: false };
  await resolveConversation(doing.tx, { id });
  return { detail: '', changed: true };
};

export const noteInTalk: Deed<'comment'> = async (doing, { text: template }) => {
  const text = await doing.say(template);
  await writeIn(doing.tx, { conversationId: doing.subject.id, kind: 'note', text });
  return { detail: text, changed: true };
};

/** Throws `automation.reply_impossible` where there is no conversation, or none that is open. */
export const reply: Deed<'reply'> = async (doing, { text: template }) => {
  const conversationId = orProblem(conversationIdOf(doing), 'automation.reply_impossible');
  const text = await doing.say(template);
  try {
    await writeIn(doing.tx, { conversationId, kind: 'message', text });
  } catch (error) {
    const isClosed = error instanceof Problem && error.code === 'conversation.already_resolved';
    throw isClosed ? new Problem('automation.reply_impossible', { cause: error }) : error;
  }
  return { detail: text, changed: true };
};

/** The tags after adding and taking away; null when they are as before. */
function tagsAfter(before: string[], { add, remove }: { add: string[]; remove: string[] }) {
  const after = [...new Set([...before, ...add])].filter((tag) => !remove.includes(tag));
  const isSame = after.length === before.length && after.every((tag) => before.includes(tag));
  return isSame ? null : after;
}

export const tag: Deed<'tag'> = async (doing, { on, add, remove }) => {
  const detail = [...add.map((one) => `+${one}`), ...remove.map((one) => `-${one}`)].join(' ');
  const { tx } = doing;
  if (on === 'customer') {
    const id = orProblem(customerIdOf(doing.subject), 'customer.not_found');
    const tags = tagsAfter((await customerView(tx, id)).tags, { add, remove });
    if (tags) await updateCustomer(tx, { id, tags });
    return { detail, changed: tags !== null };
  }
  const id = orProblem(conversationIdOf(doing), 'conversation.not_found');
  const tags = tagsAfter((await present(doing, id)).tags, { add, remove });
  if (tags) await updateConversation(tx, { id, changes: { tags } });
  return { detail, changed: tags !== null };
};
