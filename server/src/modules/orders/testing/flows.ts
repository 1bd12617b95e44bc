import { publishFlow, saveCategories, saveFlow } from '@yingda/contract';
import type { FlowDefinition, FlowMove, FlowStep } from '@yingda/contract';
import type { Centre } from './centre.ts';

const name = { 'zh-CN': '步骤', en: 'Step' };

/** A step with nothing to it but what is given. */
export const testStep = (given: Pick<FlowStep, 'key' | 'kind'> & Partial<FlowStep>): FlowStep => ({
  name,
  customerName: null,
  owner: null,
  clock: null,
  moves: [],
  approval: null,
  checklist: [],
  tasks: [],
  doneFirst: false,
  x: 0,
  y: 0,
  ...given,
});

/** A move that the owner of a step makes. */
export const testMove = (given: Pick<FlowMove, 'key' | 'to'> & Partial<FlowMove>): FlowMove => ({
  name,
  who: ['owner'],
  needs: [],
  effect: 'none',
  ...given,
});

/** Asked, approved by these people, done; refused it begins again. */
export const flowWithApproval = (
  mode: 'one' | 'all' | 'chain',
  userIds: string[],
): FlowDefinition => ({
  start: 'ask',
  steps: [
    testStep({
      key: 'ask',
      kind: 'work',
      owner: { rule: 'recorder' },
      moves: [testMove({ key: 'submit', to: 'approval' })],
    }),
    testStep({
      key: 'approval',
      kind: 'approval',
      approval: {
        mode,
        approvers: userIds.map((userId) => ({ rule: 'person' as const, userId })),
      },
      moves: [testMove({ key: 'approved', to: 'done' }), testMove({ key: 'refused', to: 'ask' })],
    }),
    testStep({ key: 'done', kind: 'end' }),
  ],
});

/** Publishes a flow and gives the id of a category whose orders go by it. */
export async function categoryOn(
  { app, admin, categories }: Centre,
  key: string,
  definition: FlowDefinition,
): Promise<string> {
  await app.request(saveFlow, admin, { params: { key }, body: { name, definition } });
  const published = await app.request(publishFlow, admin, {
    params: { key },
    body: {},
  });
  if (published.status !== 200) throw new Error(JSON.stringify(published.problem));
  const items = [...categories, { name: { 'zh-CN': key, en: key }, flowKey: key }];
  const { body } = await app.request(saveCategories, admin, { body: { items } });
  return body.items.find((one) => one.flowKey === key)?.id ?? '';
}
