import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { randomOf } from '../load/random.ts';
import { freePort, Product } from '../simulate/product.ts';
import { foundCentre } from './centre.ts';
import type { SimulatedClock } from './clock.ts';
import { replay } from './drive.ts';
import type { Lived } from './drive.ts';
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
  /** Between two kills, on average. */
  killEveryMs: number;
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

/** Kills one of the processes after the other, at random, and starts it again a moment later. */
function killer(products: Product[], { killEveryMs, seed }: Crashing) {
  const random = randomOf(seed);
  let stopped = false;
  let kills = 0;
  const loop = async (): Promise<void> => {
    while (!stopped) {
      await sleep(killEveryMs * (0.5 + random.next()));
      const victim = products[random.int(products.length)];
      if (stopped || !victim) return;
      await victim.kill();
      kills += 1;
      await sleep(random.int(500));
      await victim.start();
    }
  };
  const ended = loop();
  return {
    kills: () => kills,
    async stop() {
      stopped = true;
      await ended;
    },
  };
}

const PATIENCE_MS = 5_000;

/** Waits until no timer is due on the simulated clock; a clock that stands still would hold up those that are retried. */
function settling(pool: Pool, clock: SimulatedClock): () => Promise<void> {
  return async () => {
    for (let waited = 0; ; waited += 25) {
      const { rows } = await pool.query<{ n: number }>(
        `select count(*)::int as n from timer where kind like 'order.%' and due_at <= $1`,
        [new Date(clock.now()).toISOString()],
      );
      if (rows[0]?.n === 0) return;
      if (waited > PATIENCE_MS) await clock.set(clock.now() + 1_000);
      await sleep(25);
    }
  };
}

/** Lets simulated time pass until every mail that is to be sent was handed over: jobs of the killed wait for theirs. */
async function awaitMails(pool: Pool, clock: SimulatedClock): Promise<void> {
  for (let calm = 0; calm < 8;) {
    const { rows } = await pool.query<{ waiting: number; unread: number }>(`
      select (select count(*)::int from order_notice where state = 'waiting') as waiting,
        (select count(*)::int from outbox_event e join listener_cursor c on c.listener = 'orders.notify'
          where e.type = 'order.changed' and (e.xid, e.id) > (c.xid, c.id)) as unread`);
    calm = rows[0]?.waiting === 0 && rows[0].unread === 0 ? calm + 1 : 0;
    await clock.set(clock.now() + 60_000);
    await sleep(250);
  }
}

/** The replay with three processes of one installation, each of which dies again and again in the middle of its work. */
export async function crashReplay(options: Crashing): Promise<Crashed> {
  const { folder, lives, mail, progress } = options;
  const database = await simulatedDatabase(options.serverUrl, lives);
  const { pool, clock } = database;
  const env = {
    DATABASE_URL: database.url,
    AUTH_SECRET: 'a secret that the processes of the replay share',
    SMTP_URL: mail.url,
    MAIL_FROM: 'replay@yingda.local',
  };
  const products: Product[] = [];
  try {
    for (let at = 0; at < PROCESSES; at += 1) {
      const dataDir = join(folder, `process-${at}`);
      const product = new Product({ dataDir, port: await freePort(), env });
      products.push(product);
      await product.start();
    }
    const urls = products.map(({ baseUrl }) => baseUrl);
    const calendars = readCalendars();
    const centre = await foundCentre(urls, { departments: departmentsOf(lives), calendars });
    const killing = killer(products, options);
    const lived = await replay(
      {
        centre,
        clock,
        pool,
        settle: settling(pool, clock),
        grainMs: options.grainMs,
        atOnce: 4,
        progress: (done, of) => progress?.(done, of, killing.kills()),
      },
      lives,
    ).finally(() => killing.stop());
    await awaitMails(pool, clock);
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
