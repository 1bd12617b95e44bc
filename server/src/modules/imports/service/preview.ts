import type { PreviewContact, PreviewView } from '@yingda/contract';
import { Tier } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import type { ForeignContact } from '../domain/model.ts';
import { createTally } from '../domain/tally.ts';
import { uploads } from './files.ts';
import { inspectSource } from './inspect.ts';
import { openPlan } from './reading.ts';
import { reportOf } from './run.ts';
import { settledMapping, zoneOf } from './runs.ts';
import type { Wanted } from './runs.ts';
import { sourcesOf } from './sources.ts';

const ROWS = 5_000;
const SHOWN = 50;

const seconds = (value: unknown): number =>
  typeof value === 'number' ? Math.round(value / 100) / 10 : 0;

/** The figures of a contact as its events state them; the times between events where they do not. */
export function previewOf(contact: ForeignContact): PreviewContact {
  const { key, line, outcome, type, tier, events } = contact;
  const of = (...types: string[]) => events.findLast((event) => types.includes(event.type));
  const accepted = of('accepted');
  const last = of('solved', 'ended', 'transferred', 'abandoned', 'blocked');
  const queued = events.find((event) => event.type === 'queued');
  const until = accepted ?? of('abandoned');
  const derived = queued && until ? until.at - queued.at : 0;
  const stated = (name: string) =>
    events.map(({ data }) => data[name]).findLast((value) => typeof value === 'number');
  return {
    line,
    key: key.slice(0, 200),
    arrivedAt: new Date(contact.arrivedAt).toISOString(),
    outcome,
    queue: until?.queue || queued?.queue || events[0]?.queue || null,
    agent: accepted?.agent || null,
    type: type || null,
    tier: Tier.safeParse(tier).data ?? null,
    waitSeconds: seconds(stated('waitMs') ?? derived),
    talkSeconds: seconds(
      stated('talkMs') ?? (accepted && last ? Math.max(0, last.at - accepted.at) : 0),
    ),
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
  for await (const { rows, faults } of opened.pieces((more) => (bytes += more))) {
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
