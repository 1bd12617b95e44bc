import { Problem } from '../../../kernel/problem.ts';
import {
  addTask,
  changeOrder,
  commentOrder,
  moveOrder,
  orderFacts,
  pauseOrder,
  reopenOrder,
  takeOrder,
} from '../../orders/index.ts';
import { nameOf } from './doing.ts';
import type { Deed, Doing } from './doing.ts';

type Change = Omit<Parameters<typeof changeOrder>[1], 'id'>;

/** The order as it is now, after what was done before in the same run. Throws `automation.subject_not_found`. */
async function present({ tx, subject: { id } }: Doing) {
  const facts = (await orderFacts(tx, [id])).get(id);
  if (!facts) throw new Problem('automation.subject_not_found');
  return facts;
}

/** Named by id alone: whoever changes an order inside this transaction has locked it. */
export const setOrderField: Deed<'set_field'> = async (doing, { set }) => {
  const { tx, subject } = doing;
  const change = async (field: string, value: string | number | boolean | null, given: Change) => {
    const changed = await changeOrder(tx, { ...given, id: subject.id });
    return { field, detail: value === null ? '' : String(value), changed };
  };
  switch (set.field) {
    case 'priority':
      return change(set.field, set.value, { priority: set.value });
    case 'category':
      return change(set.field, set.value, { categoryId: set.value });
    case 'department':
      return change(set.field, set.value, { departmentId: set.value });
    case 'custom':
      return change(`custom.${set.key}`, set.value, { fields: { [set.key]: set.value } });
    case 'tier':
      throw new Error('of the customer');
    default: {
      const text = await doing.say(set.value);
      return change(set.field, text, { [set.field]: text });
    }
  }
};

export const assignOrder: Deed<'assign'> = async (doing, { userId }) => {
  const { order } = await present(doing);
  const { id, version } = order;
  await takeOrder(doing.tx, { id, version, ownerId: userId });
  return { detail: await nameOf(doing.tx, userId), changed: order.ownerId !== userId };
};

export const move: Deed<'move'> = async (doing, { move: key, note }) => {
  const { id, version } = (await present(doing)).order;
  await moveOrder(doing.tx, { id, version, move: key, note: await doing.say(note), fileIds: [] });
  return { detail: key, changed: true };
};

export const pause: Deed<'pause'> = async (doing, { reason }) => {
  const { order, pausedFor } = await present(doing);
  if (pausedFor !== null) return { detail: reason, changed: false };
  await pauseOrder(doing.tx, { id: order.id, version: order.version, reason, note: '' });
  return { detail: reason, changed: true };
};

export const reopen: Deed<'reopen'> = async (doing, { note }) => {
  const { order } = await present(doing);
  if (order.status === 'open') return { detail: '', changed: false };
  const text = await doing.say(note);
  await reopenOrder(doing.tx, { id: order.id, version: order.version, note: text });
  return { detail: text, changed: true };
};

export const commentOnOrder: Deed<'comment'> = async (doing, { text: template, isPublic }) => {
  const text = await doing.say(template);
  await commentOrder(doing.tx, { id: doing.subject.id, text, isPublic, fileIds: [] });
  return { detail: text, changed: true };
};

export const task: Deed<'add_task'> = async (doing, { title, teamId, ownerId, dueMinutes }) => {
  const text = await doing.say(title);
  const dueAt = dueMinutes === null ? null : new Date(Date.now() + dueMinutes * 60_000);
  await addTask(doing.tx, {
    id: doing.subject.id,
    title: text.slice(0, 200),
    teamId,
    ownerId,
    dueAt: dueAt?.toISOString() ?? null,
  });
  return { detail: text, changed: true };
};
