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
const boroughs = ['bronx', 'brooklyn', 'queens', 'manhattan', 'staten island'];
const folder = mkdtempSync(join(tmpdir(), 'yingda-orders-crash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As those of the city's file, which the long form of this test (`bench/orders-crash.ts`) replays. */
const requests = Array.from({ length: 8 }, (_, at): CityRequest => {
  const createdAt = Date.parse('2015-12-18T15:00:00Z') + at * HOUR;
  return {
    key: String(4_711 + at * 97),
    createdAt,
    closedAt: createdAt + (at % 5) * 9 * HOUR,
    agency: 'nypd',
    agencyName: 'new york city police department',
    type: 'blocked driveway',
    descriptor: 'no access',
    borough: boroughs[at % boroughs.length] ?? '',
  };
});

// Processes are started a dozen times, which takes what it takes on a busy machine.
const PATIENCE_MS = 900_000;

test(
  'three processes that die again and again lose no step, give each alarm once and send no mail twice',
  async () => {
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
      killEveryMs: 3_000,
      seed: 7,
    }).finally(() => mail.close());
    const facts = join(folder, 'facts.jsonl');
    writeFacts(facts, lived);
    const { counts, differences } = checkFacts(facts);
    expect(differences).toEqual([]);
    expect(counts.orders).toBe(requests.length);
    expect(counts.warnings + counts.escalations).toBeGreaterThan(0);
    expect(kills).toBeGreaterThan(1);
    expect(timersLeft).toBe(0);
    expect(mails).toMatchObject({ untold: 0, notedTwice: 0, mailedTwice: 0, lost: 0, waiting: 0 });
    expect(mails.notices).toBeGreaterThan(0);
  },
  PATIENCE_MS,
);
