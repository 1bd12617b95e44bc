import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import { randomOf } from '../load/random.ts';
import { freePort, Product } from '../simulate/product.ts';
import { foundCentre } from './centre.ts';
import type { Staff } from './centre.ts';
import type { SimulatedClock } from './clock.ts';
import { replay } from './drive.ts';
import type { Driving, Lived } from './drive.ts';
import { departmentsOf, readCalendars, simulatedDatabase } from './installation.ts';
import { mailTally } from './mails.ts';
import type { Mail, MailTally } from './mails.ts';
import type { Life } from './plan.ts';

export type Crashing = {
  /** A PostgreSQL server that may be given a database of its own. */
  serverUrl: string;
  folder: string;
  lives: Life[];
  mail: { url: string; mails: Mail[] };
  grainMs: number;
  atOnce: number;
  /** How many agents the desk has and how many handlers each department; usually four and two. */
  staff?: Staff;
  /** Spread over the whole replay, each in the middle of a deed. */
  kills: number;
  seed: number;
  progress?: (done: number, of: number, kills: number) => void;
};
export type Crashed = {
  lived: Lived[];
  kills: number;
  /** Alarms of orders that are still to come although all are closed. */
  timersLeft: number;
  mail: MailTally;
};

const PROCESSES = 3;
const MOMENT_MS = 30;

/** Kills processes at random and starts them again; `urls` always names those that answer, and is never empty. */
function killer(products: Product[], urls: string[], { kills, seed }: Crashing) {
  const random = randomOf(seed);
  const restarts = new Set<Promise<void>>();
  let killed = 0;
  const alive = (): Product[] => products.filter(({ baseUrl }) => urls.includes(baseUrl));
  const strike = async (victim: Product): Promise<void> => {
    urls.splice(urls.indexOf(victim.baseUrl), 1);
    // Somewhere in what it is at now.
    await sleep(random.int(MOMENT_MS));
    await victim.kill();
    await victim.start();
    urls.push(victim.baseUrl);
  };
  const tick = async (done: number, of: number): Promise<void> => {
    if (killed === kills || killed >= Math.floor((done * (kills + 1)) / of)) return;
    while (alive().length < 2) await Promise.race(restarts);
    const victim = alive()[random.int(alive().length)];
    if (!victim) return;
    killed += 1;
    const restart = strike(victim).finally(() => restarts.delete(restart));
    restarts.add(restart);
  };
  return { kills: () => killed, tick, ended: () => Promise.all(restarts) };
}

const PATIENCE_MS = 5_000;

/** Waits until no timer is due on the simulated clock; a clock that stands still would hold up those that are retried. */
function settling(pool: Pool, clock: SimulatedClock): Driving['settle'] {
  return async (pass) => {
    for (let waited = 0; ; waited += 25) {
      const { rows } = await pool.query<{ n: number }>(
        `select count(*)::int as n from timer where kind like 'order.%' and due_at <= $1`,
        [new Date(clock.now()).toISOString()],
      );
      if (rows[0]?.n === 0) return;
      if (waited > PATIENCE_MS) await pass(1_000);
      await sleep(25);
    }
  };
}

async function mailsToCome(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`
    select (select count(*)::int from order_notice where state = 'waiting')
      + (select count(*)::int from outbox_event e join listener_cursor c on c.listener = 'orders.notify'
          where e.type = 'order.changed' and (e.xid, e.id) > (c.xid, c.id)) as n`);
  return rows[0]?.n ?? 0;
}

const HOUR = 3_600_000;

type Installation = { pool: Pool; url: string; clock: SimulatedClock; products: Product[] };

/**
 * Waits until every mail that is to be sent was tried. A job that a killed process had in hand is given to another once
 * its time is over; on the simulated clock that is soon, so who looks after jobs is called, and one who asks for them.
 */
async function awaitMails({ pool, url, clock, products }: Installation): Promise<void> {
  for (let waited = 0; (await mailsToCome(pool)) > 0; waited += 50) {
    await sleep(50);
    if (waited === 0 || waited % PATIENCE_MS !== 0) continue;
    await clock.set(clock.now() + HOUR);
    const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false });
    await boss.start();
    await boss.supervise().finally(() => boss.stop({ graceful: false }));
    await clock.set(clock.now() + HOUR);
    await products[0]?.stop();
    await products[0]?.start();
  }
}

/** Migrates the database, and leaves what Node.js made of the sources for all who are started later. */
async function prepare(env: Record<string, string>): Promise<void> {
  const main = join(import.meta.dirname, '../../server/src/main.ts');
  await promisify(execFile)(process.execPath, [main, 'migrate'], {
    env: { ...process.env, ...env },
  });
}

/** The replay with three processes of one installation, each of which dies again and again in the middle of its work. */
export async function crashReplay(options: Crashing): Promise<Crashed> {
  const { folder, lives, mail, grainMs, atOnce, progress } = options;
  const database = await simulatedDatabase(options.serverUrl, lives);
  const { pool, clock, url } = database;
  const env = {
    DATABASE_URL: url,
    AUTH_SECRET: 'a secret that the processes of the replay share',
    SMTP_URL: mail.url,
    MAIL_FROM: 'replay@yingda.local',
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  };
  const products: Product[] = [];
  try {
    for (let at = 0; at < PROCESSES; at += 1) {
      const dataDir = join(folder, `process-${at}`);
      products.push(new Product({ dataDir, port: await freePort(), env }));
    }
    await prepare({ ...env, DATA_DIR: folder, BASE_URL: products[0]?.baseUrl ?? '' });
    await Promise.all(products.map((product) => product.start()));
    const urls = products.map(({ baseUrl }) => baseUrl);
    const calendars = readCalendars();
    const departments = departmentsOf(lives);
    const centre = await foundCentre(urls, { departments, calendars, staff: options.staff });
    const killing = killer(products, urls, options);
    const settle = settling(pool, clock);
    const tick = async (done: number, of: number): Promise<void> => {
      await killing.tick(done, of);
      progress?.(done, of, killing.kills());
    };
    const lived = await replay(
      { centre, clock, pool, settle, grainMs, atOnce, progress: tick },
      lives,
    ).finally(() => killing.ended());
    await awaitMails({ pool, url, clock, products });
    // What is being sent is sent.
    await Promise.all(products.map((product) => product.stop()));
    const { rows } = await pool.query<{ n: number }>(
      `select count(*)::int as n from timer where kind = 'order.alarm'`,
    );
    return {
      lived,
      kills: killing.kills(),
      timersLeft: rows[0]?.n ?? 0,
      mail: await mailTally(pool, mail.mails),
    };
  } finally {
    await Promise.all(products.map((product) => product.stop()));
    await database.close();
  }
}
