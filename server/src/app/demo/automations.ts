import type { AutomationInput, MacroInput } from '@yingda/contract';
import { createAutomation, createMacro } from '../../modules/automations/index.ts';
import { createWebhook } from '../../modules/webhooks/index.ts';
import type { Ctx } from '../../platform/ctx.ts';

const always: AutomationInput['conditions'] = { match: 'all', groups: [] };

function all(
  ...items: AutomationInput['conditions']['groups'][number]['items']
): AutomationInput['conditions'] {
  return { match: 'all', groups: [{ match: 'all', items }] };
}

const automations: AutomationInput[] = [
  {
    name: '投诉：提高优先级，半小时内联系客户',
    note: '先处理情绪，再处理问题。',
    subject: 'order',
    when: { kind: 'event', events: ['order.created'] },
    conditions: all({ field: 'order.isComplaint', op: 'is', value: true }),
    actions: [
      { kind: 'set_field', set: { field: 'priority', value: 'urgent' } },
      {
        kind: 'add_task',
        title: '致电客户，先道歉再了解情况',
        teamId: null,
        ownerId: null,
        dueMinutes: 30,
      },
    ],
    repeat: 'once',
    isActive: true,
  },
  {
    name: '两天没有进展：提醒经办',
    note: '',
    subject: 'order',
    when: { kind: 'time', clock: 'order.untouched', minutes: 960, by: 'working' },
    conditions: always,
    actions: [
      {
        kind: 'comment',
        text: '{{order.number}} 两个工作日没有进展，请更新处理情况或说明原因。',
        isPublic: false,
      },
    ],
    repeat: 'always',
    isActive: true,
  },
  {
    name: '低分评价：安排主管回访',
    note: '试运行后再启用。',
    subject: 'order',
    when: { kind: 'event', events: ['order.rated'] },
    conditions: all({ field: 'order.rating', op: 'less', value: 3 }),
    actions: [
      {
        kind: 'add_task',
        title: '主管致电客户，了解不满意的原因',
        teamId: null,
        ownerId: null,
        dueMinutes: 480,
      },
    ],
    repeat: 'once',
    isActive: false,
  },
];

const macros: MacroInput[] = [
  {
    name: '等客户补充照片',
    note: '告诉客户怎么补充，并暂停计时。',
    subject: 'order',
    actions: [
      {
        kind: 'comment',
        text: '您好，为了尽快处理，请在本页补充故障部位的照片和产品编号。',
        isPublic: true,
      },
      { kind: 'pause', reason: 'customer' },
    ],
    teamId: null,
  },
  {
    name: '道歉并加急',
    note: '',
    subject: 'order',
    actions: [
      { kind: 'set_field', set: { field: 'priority', value: 'urgent' } },
      {
        kind: 'comment',
        text: '很抱歉让您久等了，我们已经加急处理，有进展会马上告诉您。',
        isPublic: true,
      },
    ],
    teamId: null,
  },
  {
    name: '感谢反馈，结束会话',
    note: '',
    subject: 'conversation',
    actions: [
      { kind: 'reply', text: '感谢您的反馈，祝您生活愉快！还有问题可以随时联系我们。' },
      { kind: 'resolve' },
    ],
    teamId: null,
  },
];

/** Rules at work and one on trial, macros for orders and conversations, and a webhook that tells nobody yet. */
export async function seedAutomations(ctx: Ctx): Promise<void> {
  for (const automation of automations) await createAutomation(ctx, automation);
  for (const macro of macros) await createMacro(ctx, macro);
  await createWebhook(ctx, {
    name: 'ERP 同步（示例，未启用）',
    url: 'https://erp.example.com/hooks/yingda',
    events: ['order.created', 'order.closed'],
    isActive: false,
  });
}
