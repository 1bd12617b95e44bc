import type { Locale } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { organisation } from '../../identity/index.ts';
import type { Organisation } from '../../identity/index.ts';
import type { NewCallback } from '../store/callback-rows.ts';
import type { OrderRow } from '../store/order.ts';
import { openCalls } from './callbacks/happen.ts';
import type { Scene } from './scene.ts';
import { orderSettings } from './settings-read.ts';

type Reason = NewCallback['reason'];
type Facts = { customer: string; number: string; subject: string; centre: string };

const scripts: Record<Locale, Record<Reason, (facts: Facts) => string>> = {
  'zh-CN': {
    confirm_result: ({ customer, number, subject, centre }) =>
      `${customer}您好，这里是${centre}。您反映的“${subject}”（${number}）我们已经处理并答复您，请问问题解决了吗？您对处理结果满意吗？`,
    complaint_follow_up: ({ customer, number, subject, centre }) =>
      `${customer}您好，这里是${centre}。关于您投诉的“${subject}”（${number}），想回访一下：方案是否已落实？您是否满意？还有什么需要我们改进？`,
    chase: ({ customer, number, subject, centre }) =>
      `${customer}您好，这里是${centre}。非常抱歉，您反映的“${subject}”（${number}）没能在承诺的时间内答复，我们已在催办责任部门，一有结果会立即告知您。给您添麻烦了，请您谅解。`,
    other: ({ customer, centre }) => `${customer}您好，这里是${centre}。`,
  },
  en: {
    confirm_result: ({ customer, number, subject, centre }) =>
      `Hello ${customer}, this is ${centre}. We have answered what you told us about “${subject}” (${number}). Is it solved, and are you content with the result?`,
    complaint_follow_up: ({ customer, number, subject, centre }) =>
      `Hello ${customer}, this is ${centre}, about your complaint “${subject}” (${number}): has what we agreed been done? Are you content, and what could we do better?`,
    chase: ({ customer, number, subject, centre }) =>
      `Hello ${customer}, this is ${centre}. We are sorry: “${subject}” (${number}) has not been answered in the time we promised. We are pressing the department for it and will tell you the result at once. We apologise for the trouble.`,
    other: ({ customer, centre }) => `Hello ${customer}, this is ${centre}.`,
  },
};

type About = Partial<Pick<OrderRow, 'number' | 'subject'>> & Pick<OrderRow, 'customer_name'>;

function scriptIn({ name: centre, locale }: Organisation, reason: Reason, about: About): string {
  const { number = '', subject = '' } = about;
  const customer = about.customer_name || (locale === 'en' ? 'there' : '');
  return scripts[locale][reason]({ customer, number, subject, centre });
}

/** What to say in a call, in the centre's language. */
export async function scriptFor(ctx: Ctx, reason: Reason, about: About): Promise<string> {
  return scriptIn(await organisation(ctx), reason, about);
}

type Call = { reason: Reason; visitId: string; teamId: string; dueAt: Date; now: Date };
export type MakeCall = (order: OrderRow, call: Call) => NewCallback;

/** Makes calls about orders, as the table takes them, with what to say in the centre's language. */
export async function callMaker(ctx: Ctx): Promise<MakeCall> {
  const centre = await organisation(ctx);
  const { callbackTries } = await orderSettings(ctx);
  return (order, { reason, visitId, teamId, dueAt, now }) => {
    return {
      id: newId(now.getTime()),
      order_id: order.id,
      visit_id: visitId,
      customer_id: order.customer_id,
      customer_name: order.customer_name,
      phones: order.phones,
      reason,
      script: scriptIn(centre, reason, order),
      due_at: dueAt,
      next_try_at: now,
      max_tries: callbackTries,
      team_id: teamId,
      created_at: now,
    };
  };
}

/** Puts the call that a callback step waits for on the list of the team that holds it. */
export async function openCallback({ tx, order, visit, now }: Scene): Promise<void> {
  const teamId = order.owner_team_id ?? order.recorder_team_id;
  // Nobody's list: the step can still be left by hand.
  if (teamId === null) return;
  const reason = order.is_complaint ? 'complaint_follow_up' : 'confirm_result';
  const make = await callMaker(tx);
  const dueAt = visit.due_at ?? now;
  await openCalls(tx, [make(order, { reason, visitId: visit.id, teamId, dueAt, now })]);
}
