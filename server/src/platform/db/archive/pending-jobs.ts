import type { ClientBase } from 'pg';
import { PgBoss } from 'pg-boss';
import type { Manifest } from './manifest.ts';

type JobsPart = Manifest['jobs'];

/** What a job is, without how far its last try got: work under way begins again, as after a crash. */
const COLUMNS =
  'id name priority data retry_limit retry_delay retry_backoff retry_delay_max start_after singleton_key singleton_on expire_seconds created_on keep_until policy'.split(
    ' ',
  );

const existingColumns = async (client: ClientBase): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = to_regclass('pgboss.job') and attnum > 0 and not attisdropped`,
  );
  const present = new Set(rows.map(({ name }) => name));
  return COLUMNS.filter((name) => present.has(name));
};

/** The queues and the columns of what waits in them; nothing where no job was ever sent. */
export async function readJobs(client: ClientBase): Promise<JobsPart> {
  const columns = await existingColumns(client);
  if (columns.length === 0) return { columns, queues: [] };
  const { rows } = await client.query<JobsPart['queues'][number]>(
    `select name, policy, retry_limit as "retryLimit", retry_delay as "retryDelay",
       retry_backoff as "retryBackoff", expire_seconds as "expireInSeconds",
       retention_seconds as "retentionSeconds", deletion_seconds as "deleteAfterSeconds", notify
     from pgboss.queue where name not like '\\_\\_pgboss\\_\\_%' order by name`,
  );
  return { columns, queues: rows };
}

const list = (client: ClientBase, columns: string[]): string =>
  columns.map((name) => client.escapeIdentifier(name)).join(', ');

/** The statement that copies pending jobs out. */
export function copyJobsOut(client: ClientBase, { columns }: JobsPart): string {
  return `copy (select ${list(client, columns)} from pgboss.job
    where state in ('created', 'retry', 'active') and name not like '\\_\\_pgboss\\_\\_%') to stdout`;
}

/** Makes the job store and its queues; on connections of its own, before the restoring transaction. */
export async function makeQueues(url: string, { queues }: JobsPart): Promise<void> {
  if (queues.length === 0) return;
  const boss = new PgBoss({
    connectionString: url,
    max: 1,
    supervise: false,
    schedule: false,
  });
  boss.on('error', () => {});
  await boss.start();
  try {
    for (const { name, policy, ...options } of queues)
      await boss.createQueue(name, { ...options, policy: policy as 'standard' });
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** Makes the place where archived jobs arrive; gives the statement that copies them in. */
export async function stageJobs(client: ClientBase, { columns }: JobsPart): Promise<string> {
  const names = list(client, columns);
  await client.query(
    `create temp table archived_job on commit drop as select ${names} from pgboss.job limit 0`,
  );
  return `copy archived_job (${names}) from stdin`;
}

/** Puts the archived jobs in place of those there are. */
export async function replaceJobs(client: ClientBase, { columns }: JobsPart): Promise<void> {
  const { rows } = await client.query(`select to_regclass('pg_temp.archived_job') as staged`);
  if ((await existingColumns(client)).length > 0) await client.query('delete from pgboss.job');
  if (rows[0]?.staged === null) return;
  const names = list(client, columns);
  await client.query(
    `insert into pgboss.job (${names}) select ${names} from archived_job on conflict do nothing`,
  );
}
