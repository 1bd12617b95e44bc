import { CompiledQuery } from 'kysely';
import { PgBoss } from 'pg-boss';
import type { z } from 'zod';
import { systemCtx } from '../ctx.ts';
import type { Ctx, Services, Tx } from '../ctx.ts';

/** Background work that may be tried again: its name in the imperative, its input, and what it does. */
export type JobDef<P = unknown> = {
  name: string;
  schema: z.ZodType<P>;
  /** A standard cron line (UTC) when the job runs by itself. */
  cron?: string;
  work: (ctx: Ctx, data: P) => Promise<void>;
};

export type Jobs = {
  /** Sends the job with the transaction: no commit, no job. */
  send<P>(tx: Tx, job: JobDef<P>, data: P): Promise<void>;
  /** Makes the queues; with `work`, this process also takes jobs. */
  start(services: Services, options: { jobs: JobDef[]; work: boolean }): Promise<void>;
  stop(): Promise<void>;
};

export function defineJob<P>(job: JobDef<P>): JobDef {
  return job as JobDef;
}

const RETRIES = 8;

async function workOn(boss: PgBoss, services: Services, job: JobDef): Promise<void> {
  const options = {
    batchSize: 10,
    pollingIntervalSeconds: 2,
    notifyPollingIntervalSeconds: 30,
    burstWhenBatchFull: true,
  };
  await boss.work(job.name, options, async (batch) => {
    for (const { data } of batch) {
      await job.work(systemCtx(services, `job:${job.name}`), job.schema.parse(data));
    }
  });
}

/** pg-boss on the product's own database. */
export function createJobs(url: string): Jobs {
  let boss: PgBoss | null = null;
  return {
    async send(tx, job, data) {
      if (!boss) throw new Error('jobs are not started');
      const db = {
        executeSql: async (text: string, values: unknown[] = []) => {
          const { rows } = await tx.db.executeQuery(CompiledQuery.raw(text, values));
          return { rows };
        },
      };
      await boss.send(job.name, job.schema.parse(data) as object, { db });
    },
    async start(services, { jobs, work }) {
      boss = new PgBoss({
        connectionString: url,
        max: 3,
        application_name: 'yingda jobs',
        useListenNotify: work,
        supervise: work,
        schedule: work,
      });
      boss.on('error', (err) => services.log.warn({ err }, 'jobs'));
      await boss.start();
      for (const job of jobs) {
        await boss.createQueue(job.name, {
          retryLimit: RETRIES,
          retryBackoff: true,
          retryDelay: 2,
          notify: true,
        });
        if (work) await workOn(boss, services, job);
        if (work && job.cron) await boss.schedule(job.name, job.cron, {});
      }
    },
    async stop() {
      await boss?.stop({ graceful: true, timeout: 10_000 });
      boss = null;
    },
  };
}
