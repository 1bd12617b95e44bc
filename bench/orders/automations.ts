import * as contract from '../../contract/src/index.ts';
import type { SentOf } from '../../contract/src/index.ts';
import type { Client } from '../../tools/simulate/client.ts';

type Rule = SentOf<typeof contract.createAutomation, 'body'>;

/** As a centre has them: two that look at every order when it comes, one that waits beside each. */
const rules: Rule[] = [
  {
    name: '投诉加急',
    subject: 'order',
    when: { kind: 'event', events: ['order.created'] },
    conditions: { groups: [{ items: [{ field: 'order.isComplaint', op: 'is', value: true }] }] },
    actions: [{ kind: 'set_field', set: { field: 'priority', value: 'urgent' } }],
    isActive: true,
  },
  {
    name: '发票核对',
    subject: 'order',
    when: { kind: 'event', events: ['order.created'] },
    conditions: {
      groups: [{ items: [{ field: 'order.subject', op: 'contains', value: '发票' }] }],
    },
    actions: [{ kind: 'add_task', title: '核对发票抬头' }],
    isActive: true,
  },
  {
    name: '两小时未动',
    subject: 'order',
    when: { kind: 'time', clock: 'order.in_step', minutes: 120, by: 'working' },
    actions: [{ kind: 'comment', text: '已在本步骤停留两小时。' }],
    isActive: true,
  },
];

/** Switches the rules on; those of an earlier run stay. */
export async function switchOn(admin: Client): Promise<number> {
  const { items } = await admin.call(contract.listAutomations);
  const known = new Set(items.map(({ name }) => name));
  for (const body of rules) {
    if (!known.has(body.name)) await admin.call(contract.createAutomation, { body });
  }
  return rules.length;
}
