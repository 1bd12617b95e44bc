import type { Pool } from 'pg';
import type { Case, Span } from './cases.ts';

/** Somewhere that has one row for each contact and understands SQL. */
export type Raw = {
  name: string;
  /** How the columns are called there. */
  words: Words;
  query(sql: string): Promise<unknown>;
};

type Words = {
  table: string;
  queue: string;
  agent: string;
  topic: string;
  type: string;
  wait: string;
  talk: string;
  hold: string;
  wrapUp: string;
  transferred: string;
  localTime: string;
};

const localTime = `(arrived_at at time zone 'Asia/Shanghai')`;

export const factWords: Words = {
  table: 'kpi_contact',
  queue: 'queue',
  agent: 'agent',
  topic: 'topic',
  type: 'type',
  wait: 'wait_ms / 1000',
  talk: 'talk_ms / 1000',
  hold: 'hold_ms / 1000',
  wrapUp: 'wrap_ms / 1000',
  transferred: '(flags & 4) / 4',
  localTime,
};
export const rawWords: Words = {
  table: 'raw_contact',
  queue: 'queue',
  agent: 'agent',
  topic: 'topic',
  type: 'type',
  wait: 'wait_s',
  talk: 'talk_s',
  hold: 'hold_s',
  wrapUp: 'wrap_s',
  transferred: 'transferred',
  localTime,
};

const groupColumn = (words: Words, by: Case['by']): string => {
  if (by === 'queue') return words.queue;
  if (by === 'agent') return words.agent;
  if (by === 'topic') return words.topic;
  if (by === 'type') return words.type;
  return `''`;
};

/** The statement that one would write first for what a report shows of contacts. */
export function statementOf(words: Words, { step, by }: Case, { from, to }: Span): string {
  const { wait, talk, hold, wrapUp, transferred } = words;
  return `
    select date_trunc('${step}', ${words.localTime}) as step, ${groupColumn(words, by)} as "group",
      count(*) as contacts,
      count(*) filter (where outcome = 'answered') as answered,
      count(*) filter (where outcome = 'abandoned') as abandoned,
      count(*) filter (where outcome = 'blocked') as blocked,
      count(*) filter (where outcome = 'answered' and ${wait} <= 20) as within_level,
      count(*) filter (where outcome = 'abandoned' and ${wait} <= 20) as short_abandoned,
      count(*) filter (where ${wait} > 0) as queued,
      sum(${wait}) as wait,
      sum(${wait}) filter (where outcome = 'answered') as answer_wait,
      sum(${wait}) filter (where outcome = 'abandoned') as abandon_wait,
      sum(${talk}) as talk, sum(${hold}) as hold, count(*) filter (where ${hold} > 0) as held,
      sum(${wrapUp}) as wrap_up, sum(${transferred}) as transferred
    from ${words.table}
    where arrived_at >= timestamptz '${from} 00:00:00+08'
      and arrived_at < timestamptz '${to} 00:00:00+08' + interval '1 day'
    group by 1, 2 order by 1, 2`;
}

/** The table of the file as one would make it in PostgreSQL, with an index on the time. */
export async function loadRawTable(pool: Pool, readFile: (sql: string) => Promise<void>) {
  await pool.query(`
    create unlogged table raw_contact (
      contact_id text, arrived_at timestamptz, channel text, queue text, agent text, topic text, type text, tier text,
      customer text, outcome text, wait_s integer, ring_s integer, talk_s integer, hold_s integer, wrap_s integer,
      transferred integer, solved integer
    )`);
  await readFile('copy raw_contact from stdin with (format csv, header true)');
  await pool.query('create index raw_contact_arrived on raw_contact (arrived_at)');
  await pool.query('vacuum analyze raw_contact');
}
