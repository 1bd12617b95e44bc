import { Problem } from '../../../kernel/problem.ts';
import type { Action, ActionKind, ActionReport } from '@yingda/contract';
import { createOrder, mail, webhook } from './deeds-beyond.ts';
import {
  assignTalk,
  noteInTalk,
  reply,
  resolve,
  setConversationField,
  setTier,
  tag,
} from './deeds-conversations.ts';
import {
  assignOrder,
  commentOnOrder,
  move,
  pause,
  reopen,
  setOrderField,
  task,
} from './deeds-orders.ts';
import type { Deed, Doing } from './doing.ts';

type Deeds = { [K in ActionKind]: Deed<K> };

const isOrder = ({ subject }: Doing): boolean => subject.kind === 'order';

const deeds: Deeds = {
  set_field: (doing, action) => {
    if (action.set.field === 'tier') return setTier(doing, action);
    return isOrder(doing) ? setOrderField(doing, action) : setConversationField(doing, action);
  },
  assign: (doing, action) => (isOrder(doing) ? assignOrder : assignTalk)(doing, action),
  comment: (doing, action) => (isOrder(doing) ? commentOnOrder : noteInTalk)(doing, action),
  move,
  pause,
  reopen,
  resolve,
  reply,
  tag,
  add_task: task,
  mail,
  webhook,
  create_order: createOrder,
};

/** Runs one action, whatever it is. */
function perform<K extends ActionKind>(doing: Doing, action: Extract<Action, { kind: K }>) {
  const deed = deeds[action.kind as K] as Deed<K>;
  return deed(doing, action);
}

export type Performed = { reports: ActionReport[]; failure: Problem | null };

/**
 * Does what is listed, one after the other, and stops at the first that is refused: the caller then undoes all of it.
 * Errors that are no refusals are thrown.
 */
export async function performAll(doing: Doing, actions: Action[]): Promise<Performed> {
  const reports: ActionReport[] = [];
  let failure: Problem | null = null;
  for (const action of actions) {
    const { kind } = action;
    if (failure) {
      reports.push({ kind, state: 'not_reached', detail: '', field: null, problem: null });
      continue;
    }
    try {
      const { detail, changed, field = null } = await perform(doing, action);
      const state = changed ? 'done' : 'nothing_to_do';
      reports.push({ kind, state, detail, field, problem: null });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      failure = error;
      reports.push({ kind, state: 'failed', detail: '', field: null, problem: error.code });
    }
  }
  return { reports, failure };
}
