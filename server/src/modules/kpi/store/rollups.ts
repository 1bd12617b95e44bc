import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type pg from 'pg';
import type { DB } from '../../../platform/db/index.ts';
import { cumulative } from '../domain/deltas.ts';
import type { Deltas } from '../domain/deltas.ts';
import { coarserDeltas } from '../domain/coarser.ts';
import type {
  AgentMonthDelta,
  CentreDelta,
  MonthDelta,
  QueueDayDelta,
  TopicDayDelta,
} from '../domain/coarser.ts';
import { copy } from './copy.ts';

type Db = Kysely<DB>;

const literal = (values: readonly number[]): string => `{${values.join(',')}}`;
/** Most rows have nobody who gave up: an empty list says so in a tenth of the space. */
const waitsLiteral = (counts: readonly number[] | null): string =>
  literal(cumulative(counts) ?? []);

/** Rows that a statement takes at a time: its parameters stay small. */
const PIECE = 2_000;

/** In the order of their keys, so that two writers of the same rows wait for each other instead of dying. */
function* pieces<D>(rows: Map<string, D>): Generator<D[]> {
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  for (let at = 0; at < sorted.length; at += PIECE) yield sorted.slice(at, at + PIECE);
}

/** What the tables have in common: which columns make a row, besides the batch. */
type Target<D> = {
  table: string;
  keys: { name: string; type: string; of: (delta: D) => string | number }[];
  values: {
    name: string;
    type: string;
    of: (delta: D) => string;
    /** Nothing is added by this row. */
    isNothing?: (delta: D) => boolean;
  }[];
  /** Whether the table may hold several rows of one key, told apart by their part. */
  isParted: boolean;
};

const column = <D>(rows: D[], { type, of }: { type: string; of: (delta: D) => string | number }) =>
  sql`${rows.map(of)}::${sql.raw(type)}[]`;

async function writeRows<D>(db: Db, batchId: number, target: Target<D> & { rows: D[] }) {
  const { table, keys, values, rows, isParted } = target;
  const all = [...keys, ...values];
  const names = sql.raw(all.map(({ name }) => name).join(', '));
  const given: RawBuilder<unknown>[] = [
    ...keys.map((key) => column(rows, key)),
    ...values.map(({ of }) => column(rows, { type: 'text', of })),
  ];
  const chosen = [
    ...keys.map(({ name }) => `g.${name}`),
    ...values.map(({ name, type }) => `g.${name}::${type}[]`),
  ].join(', ');
  const adding = values
    .filter(({ isNothing }) => !isNothing || !rows.every(isNothing))
    .map(({ name }) => `${name} = kpi_add(t.${name}, excluded.${name})`);
  await sql`
    insert into ${sql.raw(table)} as t (batch_id, ${names})
    select ${batchId}::integer, ${sql.raw(chosen)} from unnest(${sql.join(given)}) as g (${names})
    on conflict (batch_id, ${sql.raw([...keys.map(({ name }) => name), ...(isParted ? ['part'] : [])].join(', '))})
    do update set ${sql.raw(adding.join(', '))}
  `.execute(db);
}

/** Takes out rows that count nothing any more, as if they had never been. */
async function removeEmpty<D>(db: Db, batchId: number, target: Target<D> & { rows: D[] }) {
  const { table, keys, values, rows } = target;
  const names = keys.map(({ name }) => name);
  const same = names.map((name) => `t.${name} = g.${name}`).join(' and ');
  const empty = values.map(({ name }) => `0 = all (t.${name})`).join(' and ');
  await sql`
    delete from ${sql.raw(table)} t
    using unnest(${sql.join(keys.map((key) => column(rows, key)))}) as g (${sql.raw(names.join(', '))})
    where t.batch_id = ${batchId} and ${sql.raw(same)} and ${sql.raw(empty)}
  `.execute(db);
}

type MapOf<K extends 'halfHours' | 'days' | 'agentDays'> =
  Deltas[K] extends Map<string, infer D> ? D : never;

const sums = { name: 'sums', type: 'bigint', of: (d: { sums: number[] }) => literal(d.sums) };
type Waited = { answered: number[] | null; abandoned: number[] | null };
const isZero = (counts: readonly number[] | null): boolean =>
  counts === null || counts.every((count) => count === 0);
const waits = [
  {
    name: 'waits_answered',
    type: 'integer',
    of: (d: Waited) => waitsLiteral(d.answered),
    isNothing: (d: Waited) => isZero(d.answered),
  },
  {
    name: 'waits_abandoned',
    type: 'integer',
    of: (d: Waited) => waitsLiteral(d.abandoned),
    isNothing: (d: Waited) => isZero(d.abandoned),
  },
];
const isoOf = (ms: number): string => new Date(ms).toISOString();

const queueKey = { name: 'queue', type: 'integer', of: (d: { queue: number }) => d.queue };
const sortKeys = [
  { name: 'channel', type: 'text', of: (d: { channel: string }) => d.channel },
  { name: 'type', type: 'integer', of: (d: { type: number }) => d.type },
];
const queueKeys = [queueKey, ...sortKeys];
const halfHours: Target<MapOf<'halfHours'>> = {
  table: 'kpi_half_hour',
  keys: [{ name: 'step_at', type: 'timestamptz', of: (d) => isoOf(d.stepAt) }, ...queueKeys],
  values: [sums, ...waits],
  isParted: true,
};
const topicKey = { name: 'topic', type: 'integer', of: (d: { topic: number }) => d.topic };
const contactKeys = [...queueKeys, topicKey];
const tierKey = { name: 'tier', type: 'text', of: (d: { tier: string }) => d.tier };
const dayKeys = [...contactKeys, tierKey];
const agentDayKeys = [
  { name: 'agent', type: 'integer', of: (d: { agent: number }) => d.agent },
  ...contactKeys,
];

const days: Target<MapOf<'days'>> = {
  table: 'kpi_day',
  keys: [{ name: 'day', type: 'date', of: (d) => d.day }, ...dayKeys],
  values: [sums, ...waits],
  isParted: true,
};
const agentDays: Target<MapOf<'agentDays'>> = {
  table: 'kpi_agent_day',
  keys: [{ name: 'day', type: 'date', of: (d) => d.day }, ...agentDayKeys],
  values: [sums],
  isParted: true,
};

const centre: Target<CentreDelta> = {
  table: 'kpi_centre_half_hour',
  keys: [{ name: 'step_at', type: 'timestamptz', of: (d) => isoOf(d.stepAt) }],
  values: [sums, ...waits],
  isParted: false,
};
const queueDays: Target<QueueDayDelta> = {
  table: 'kpi_queue_day',
  keys: [{ name: 'day', type: 'date', of: (d) => d.day }, ...queueKeys],
  values: [sums, ...waits],
  isParted: false,
};
const topicDays: Target<TopicDayDelta> = {
  table: 'kpi_topic_day',
  keys: [{ name: 'day', type: 'date', of: (d) => d.day }, ...sortKeys, topicKey, tierKey],
  values: [sums, ...waits],
  isParted: false,
};
const months: Target<MonthDelta> = {
  table: 'kpi_month',
  keys: [{ name: 'month', type: 'date', of: (d) => d.month }, ...dayKeys],
  values: [sums, ...waits],
  isParted: false,
};
const agentMonths: Target<AgentMonthDelta> = {
  table: 'kpi_agent_month',
  keys: [{ name: 'month', type: 'date', of: (d) => d.month }, ...agentDayKeys],
  values: [sums],
  isParted: false,
};

async function write<D>(
  db: Db,
  target: Target<D>,
  { batchId, takesAway, changed }: { batchId: number; takesAway: boolean; changed: Map<string, D> },
): Promise<void> {
  for (const rows of pieces(changed)) {
    await writeRows(db, batchId, { ...target, rows });
    if (takesAway) await removeEmpty(db, batchId, { ...target, rows });
  }
}

/** Adds the deltas to the sums of a batch. */
export async function applyDeltas(db: Db, batchId: number, deltas: Deltas): Promise<void> {
  const change = { batchId, takesAway: deltas.takesAway };
  await write(db, halfHours, { ...change, changed: deltas.halfHours });
  await write(db, days, { ...change, changed: deltas.days });
  await write(db, agentDays, { ...change, changed: deltas.agentDays });
}

/** Adds the deltas to the coarser sums; those of a batch that is loaded whole are made of its finer ones. */
export async function applyCoarser(db: Db, batchId: number, deltas: Deltas): Promise<void> {
  const change = { batchId, takesAway: deltas.takesAway };
  const coarser = coarserDeltas(deltas);
  await write(db, centre, { ...change, changed: coarser.centre });
  await write(db, queueDays, { ...change, changed: coarser.queueDays });
  await write(db, topicDays, { ...change, changed: coarser.topicDays });
  await write(db, months, { ...change, changed: coarser.months });
  await write(db, agentMonths, { ...change, changed: coarser.agentMonths });
}

async function copyRows<D>(
  client: pg.ClientBase,
  { batchId, part }: { batchId: number; part: number },
  { table, keys, values, rows }: Target<D> & { rows: Iterable<D> },
): Promise<void> {
  const columns = [...keys, ...values];
  let text = '';
  // Numbers, days, instants and words of our own: nothing needs escaping.
  for (const row of rows) {
    text += `${batchId}\t${part}`;
    for (const { of } of columns) text += `\t${of(row)}`;
    text += '\n';
  }
  if (text === '') return;
  const names = columns.map(({ name }) => name).join(', ');
  await copy(client, `${table} (batch_id, part, ${names})`, text);
}

/** Writes deltas as rows of their own beside those there are, as a part that no row of the batch has yet. */
export async function copyDeltas(
  client: pg.ClientBase,
  where: { batchId: number; part: number },
  deltas: Deltas,
): Promise<void> {
  await copyRows(client, where, { ...halfHours, rows: deltas.halfHours.values() });
  await copyRows(client, where, { ...days, rows: deltas.days.values() });
  await copyRows(client, where, { ...agentDays, rows: deltas.agentDays.values() });
}
