import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { getReport, getStandards } from '@yingda/contract';
import type { SentOf } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { beginReporting, reportingProcess } from './service/report-process.ts';
import { loadCalls } from './testing.ts';

let app: TestApp;
let manager: Caller;
let supervisor: Caller;
const asked: SentOf<typeof getReport, 'query'> = {
  from: '2025-01-01',
  to: '2025-01-31',
  step: 'day',
  by: 'queue',
};

beforeAll(async () => {
  app = await testApp({ worker: false });
  manager = await app.newPerson({ role: 'manager' });
  supervisor = await app.newPerson({ role: 'supervisor' });
  await loadCalls(
    app.ctx,
    'log',
    Array.from({ length: 300 }, (_, n) => ({
      at: new Date(Date.parse('2025-01-01T00:00:00Z') + n * 7_000_000).toISOString(),
      queue: `Q${n % 5}`,
      type: 'A',
      topic: 'price',
      agent: n % 4 === 0 ? null : `A${n % 7}`,
      wait: n % 60,
      customer: n,
    })),
  );
});

const days = { from: asked.from, to: asked.to };

/** Both kinds of page as two people with different rights see them. */
async function pages(): Promise<unknown[]> {
  const answers = await Promise.all(
    [manager, supervisor].flatMap((person) => [
      app.request(getReport, person, { query: asked }),
      app.request(getStandards, person, { query: days }),
    ]),
  );
  return answers.map(({ status, body }) => ({ status, body }));
}

async function whenReady(): Promise<ChildProcess> {
  beginReporting(app.services);
  for (;;) {
    const child = reportingProcess(app.services);
    if (child) return child;
    await sleep(20);
  }
}

test('a process of its own tells the same, refuses the same, and nobody notices when it dies', async () => {
  const here = await pages();
  const child = await whenReady();
  expect(await pages()).toEqual(here);
  const wrong = await app.request(getReport, manager, { query: { ...asked, from: '2025-02-01' } });
  expect(wrong).toMatchObject({ status: 422, problem: { code: 'kpi.period_invalid' } });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const answers = Array.from({ length: 4 }, pages);
  child.kill('SIGKILL');
  for (const answer of await Promise.all(answers)) expect(answer).toEqual(here);
  await gone;
  expect(reportingProcess(app.services)).toBeNull();
  expect(await pages()).toEqual(here);
});
