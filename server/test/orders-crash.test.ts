import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { checkFacts } from '../../bench/orders-check/main.ts';
import { crashReplay } from '../../tools/replay/crash.ts';
import { writeFacts } from '../../tools/replay/facts.ts';
import { lifeOf } from '../../tools/replay/plan.ts';
import type { CityRequest } from '../../tools/replay/requests.ts';
import type {} from './global-setup.ts';
import { startSmtpServer } from './smtp-server.ts';

const HOUR = 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'yingda-orders-crash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * As those of the city's file, which the long form of this test (`bench/orders-crash.ts`) replays, with keys whose lives
 * are short and full of alarms: sent back, late at the department, solved at once, confirmed by the customer, paused.
 */
const requests = ['7638', '5506', '5040', '7558', '5011'].map((key, at): CityRequest => {
  const createdAt = Date.parse('2015-12-23T15:00:00Z') + at * 60_000;
  return {
    key,
    createdAt,
    closedAt: createdAt + 9 * HOUR,
    agency: 'nypd',
    agencyName: 'new york city police department',
    type: 'blocked driveway',
    descriptor: 'no access',
    borough: at === 4 ? 'queens' : 'bronx',
  };
});

test('three processes that die again and again lose no step, give each alarm once and send no mail twice', async () => {
  const mail = await startSmtpServer();
  const {
    lived,
    kills,
    timersLeft,
    mail: mails,
  } = await crashReplay({
    serverUrl: inject('testServer').url,
    folder,
    lives: requests.map(lifeOf),
    mail,
    grainMs: 3 * HOUR,
    // One after the other, so that each is done at its own time and the figures are the same in every run.
    atOnce: 1,
    staff: { agents: 2, handlers: 1 },
    kills: 3,
    seed: 7,
  }).finally(() => mail.close());
  const facts = join(folder, 'facts.jsonl');
  writeFacts(facts, lived);
  const { counts, differences } = checkFacts(facts);
  expect(differences).toEqual([]);
  expect(counts).toEqual({
    orders: 5,
    steps: 26,
    deadlines: 21,
    missed: 7,
    pauses: 1,
    warnings: 9,
    escalations: 17,
    chases: 3,
  });
  expect(kills).toBe(3);
  expect(timersLeft).toBe(0);
  expect(mails).toMatchObject({ untold: 0, notedTwice: 0, mailedTwice: 0, lost: 0, waiting: 0 });
  expect(mails.notices).toBeGreaterThanOrEqual(counts.warnings + counts.escalations);
});
