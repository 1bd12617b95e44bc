import type { PreviewContact, PreviewView } from '@yingda/contract';
import { Tier } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import type { ForeignContact } from '../domain/model.ts';
import { createTally } from '../domain/tally.ts';
import { uploads } from './files.ts';
import { inspectSource } from './inspect.ts';
import { openPlan } from './reading.ts';
import type { Heard } from './reading.ts';
import { reportOf } from './run.ts';
import { settledMapping, zoneOf } from './runs.ts';
import type { Wanted } from './runs.ts';
import { sourcesOf } from './sources.ts';

const ROWS = 5_000;
const SHOWN = 50;

const seconds = (value: unknown): number =>
  typeof value === 'number' ? Math.round(value / 100) / 10 : 0;

/** The figure that the last event to state it states. */
const statedIn = ({ events }: ForeignContact, name: string): number | null => {
  const value = events.map(({ data }) => data[name]).findLast((one) => typeof one === 'number');
  return typeof value === 'number' ? value : null;
};

/** Where and how long a contact waited, by the times of its events. */
function waitingOf({ events }: ForeignContact) {
  const last = (type: string) => events.findLast((event) => event.type === type);
  const queued = events.find((event) => event.type === 'queued');
  const until = last('accepted') ?? last('abandoned');
  const waitMs = queued && until ? until.at - queued.at : 0;
  return { waitMs, queue: until?.queue || queued?.queue || events[0]?.queue || null };
}

function talkBetween({ events }: ForeignContact): number {
  const accepted = events.findLast(({ type }) => type === 'accepted');
  const end = events.at(-1);
  return accepted && end ? Math.max(0, end.at - accepted.at) : 0;
}

/** The figures of a contact as its events state them; the times between events where they do not. */
export function previewOf(contact: ForeignContact): PreviewContact {
  const { key, line, outcome, type, tier, events } = contact;
  const { waitMs, queue } = waitingOf(contact);
  const stated = (name: string) => statedIn(contact, name);
  return {
    line,
    key: key.slice(0, 200),
    arrivedAt: new Date(contact.arrivedAt).toISOString(),
    outcome,
    queue,
    agent: events.findLast((event) => event.type === 'accepted')?.agent || null,
    type: type || null,
    tier: Tier.safeParse(tier).data ?? null,
    waitSeconds: seconds(stated('waitMs') ?? waitMs),
    talkSeconds: seconds(stated('talkMs') ?? talkBetween(contact)),
    holdSeconds: seconds(stated('holdMs')),
    wrapUpSeconds: seconds(stated('wrapMs')),
  };
}

/** Reads the first rows as an import would. Problems: as an import's. */
export async function previewImport(
  ctx: Ctx,
  input: Wanted & { fileIds: string[] },
): Promise<PreviewView> {
  const files = await uploads(ctx, input.fileIds);
  const refs = files.map(({ id, name, size }) => ({ name, size: Number(size), fileId: id }));
  const zone = await zoneOf(ctx, input.zone);
  const sources = await sourcesOf(ctx, refs);
  const mapping = await settledMapping(ctx, input, refs);
  const opened = await openPlan({ kind: input.kind, zone, mapping, sources });
  const tally = createTally();
  const shown: PreviewContact[] = [];
  const contact = (one: ForeignContact): void => {
    tally.contact(one);
    if (shown.length < SHOWN) shown.push(previewOf(one));
  };
  const assembler = opened.assembler({ contact, presence: () => {} }, tally);
  let bytes = 0;
  const heard: Heard = { bytes: (count) => (bytes += count), nuls: tally.nuls };
  for await (const { rows, faults } of opened.pieces(heard)) {
    tally.counted.rows += rows.length + faults.length;
    for (const { code, row } of faults) tally.error(code, row);
    for (const row of rows) assembler.add(row);
    if (tally.counted.rows >= ROWS) break;
  }
  assembler.end();
  const [first] = sources;
  const isOpen = input.kind === 'table' && !input.mapping && first;
  const questions = isOpen ? (await inspectSource(ctx, first, { kind: 'table' })).questions : [];
  const queues = assembler.totals?.result() ?? [];
  return {
    contacts: shown,
    report: reportOf({ opened, tally }, { bytes, duplicates: 0, seconds: 0, queues }),
    questions,
  };
}
