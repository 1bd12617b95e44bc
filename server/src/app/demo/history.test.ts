import { beforeAll, expect, test } from 'vitest';
import type { StandardsView } from '@yingda/contract';
import { testApp } from '../../../test/app.ts';
import type { TestApp } from '../../../test/app.ts';
import { factOf } from '../../modules/kpi/domain/facts.ts';
import { standardsOf } from '../../modules/kpi/index.ts';
import { newQueue } from '../../modules/routing/testing.ts';
import { simulateCentre } from './centre-log/index.ts';
import { demoCentre } from './history-centre.ts';
import { eventsOf } from './history-events.ts';
import { seedHistory } from './history.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const agents = (['presale', 'aftersale', 'aftersale', 'vip'] as const).map((team, at) => ({
  name: `agent ${at}`,
  team,
}));

test('the events of a contact count for what the contact was', () => {
  const centre = demoCentre(agents);
  const places = { queues: [1, 2, 3], agents: [11, 12, 13, 14] };
  const plan = { centre, contacts: 3_000, seed: 3, from: now - 20 * 86_400_000, until: now };
  const attributes = { channel: 'voice', topic: 1, type: 1, tier: '', customer: 1 } as const;
  for (const contact of simulateCentre(plan).contacts) {
    const fact = factOf(eventsOf(contact, places), attributes);
    expect(fact).toMatchObject({
      arrivedAt: contact.arrivedAt,
      outcome: contact.outcome,
      waitMs: contact.waitS * 1000,
      isSolved: contact.outcome === 'self_served' || contact.isSolved,
    });
    expect(fact.segments).toHaveLength(contact.passedOn ? 2 : contact.agent < 0 ? 0 : 1);
    const [first] = fact.segments;
    if (!first) continue;
    expect(first).toMatchObject({
      agent: places.agents[contact.agent],
      talkMs: contact.talkS * 1000,
      holdMs: contact.holdS * 1000,
      wrapMs: contact.wrapS * 1000,
      isTransferred: contact.passedOn !== null,
    });
  }
});

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

test('the demo has something to say to each of the 23 standards', async () => {
  const [presale, aftersale, vip] = [
    await newQueue(app.ctx),
    await newQueue(app.ctx),
    await newQueue(app.ctx),
  ];
  const teams = { presale, aftersale, vip };
  const people = [];
  for (const { name, team } of agents) {
    const { userId } = await app.newPerson({ role: 'agent', teamId: teams[team].teamId });
    people.push({ userId, name, team });
  }
  const queues = { presale: presale.queueId, aftersale: aftersale.queueId, vip: vip.queueId };
  await seedHistory(app.ctx, { queues, agents: people }, now);
  const view: StandardsView = await standardsOf(app.ctx, { from: '2026-10-01', to: '2026-10-31' });
  expect(view.cards.filter(({ value }) => value === null)).toEqual([]);
  expect(view.counts.contacts).toBeGreaterThan(2_000);
  const adherence = view.cards.find(({ key }) => key === 'adherence');
  expect(adherence?.value).toBeGreaterThan(70);
});
