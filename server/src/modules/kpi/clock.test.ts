import type { ReportStep, SentOf } from '@yingda/contract';
import { getReport } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { createAdministrator } from '../identity/index.ts';
import { loadCalls } from './testing.ts';

let app: TestApp;
let manager: Caller;

beforeAll(async () => {
  app = await testApp({ worker: false });
  await createAdministrator(app.ctx, {
    name: 'First',
    email: 'first@example.com',
    password: 'correct horse battery',
    organisation: { timeZone: 'Europe/Berlin' },
  });
  manager = await app.newPerson({ role: 'manager' });
  // One call in each half hour (UTC) around both changes of the clock.
  const around = (day: string) =>
    Array.from({ length: 96 }, (_, n) => ({
      at: new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000 + n * 1_800_000).toISOString(),
      queue: 'q',
      agent: 'a',
    }));
  await loadCalls(app.ctx, 'spring', around('2025-03-30'));
  await loadCalls(app.ctx, 'autumn', around('2025-10-26'));
});

async function points(day: string, step: ReportStep) {
  const query: SentOf<typeof getReport, 'query'> = { from: day, to: day, step };
  const { body } = await app.request(getReport, manager, { query });
  return {
    steps: body.steps,
    counts: body.whole.points.map(({ counts }) => counts.contacts),
    total: body.whole.total.counts.contacts,
  };
}

test('a day with a clock change has 23 or 25 hours, each with its own contacts', async () => {
  const spring = await points('2025-03-30', 'hour');
  expect(spring.counts).toEqual(Array.from({ length: 23 }, () => 2));
  expect(spring.steps[0]).toBe('2025-03-29T23:00:00.000Z');
  expect(await points('2025-03-30', 'half_hour')).toMatchObject({
    counts: Array.from({ length: 46 }, () => 1),
  });
  const autumn = await points('2025-10-26', 'hour');
  expect(autumn.counts).toEqual(Array.from({ length: 25 }, () => 2));
  expect((await points('2025-10-26', 'half_hour')).counts).toHaveLength(50);
  expect([spring.total, autumn.total]).toEqual([46, 50]);
  for (const step of ['day', 'week', 'month'] as const) {
    expect((await points('2025-10-26', step)).counts).toEqual([50]);
  }
});
