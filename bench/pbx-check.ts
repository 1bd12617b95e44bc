// Whether the queues of a real Asterisk come out as Asterisk's own `queue show` counts them at the end of the same run;
// where they differ, the import's report must say why. `node bench/pbx-check.ts`
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  ImportDetail,
  ImportQueueTotals,
  ImportView,
  ReportView,
} from '../contract/src/index.ts';
import { freePort, Product } from '../tools/simulate/product.ts';
import { askReport, foundAndSignIn } from './kpi-check/ask.ts';
import type { Asker } from './kpi-check/ask.ts';

const folder = join(import.meta.dirname, '../../shared/data/pbx');

type Shown = {
  queue: string;
  completed: number;
  abandoned: number;
  level: number;
  seconds: number;
};

/** The totals that Asterisk printed: `support has … C:135, A:73, SL:9.6%, … within 5s`. */
function shownTotals(text: string): Shown[] {
  const line = /^(\S+) has .*?C:(\d+), A:(\d+), SL:([\d.]+)%.* within (\d+)s/gm;
  return [...text.matchAll(line)].map(([, queue = '', c, a, level, seconds]) => ({
    queue,
    completed: Number(c),
    abandoned: Number(a),
    level: Number(level),
    seconds: Number(seconds),
  }));
}

async function importLog(asker: Asker): Promise<ImportDetail> {
  const { id: fileId } = await asker.upload(join(folder, 'queue_log'));
  const body = { fileIds: [fileId], kind: 'queue_log', log: 'pbx', zone: 'Asia/Shanghai' };
  const { id } = await asker.post<ImportView>('/api/imports', body);
  for (;;) {
    const now = await asker.get<ImportDetail>(`/api/imports/${id}`);
    if (now.state === 'done') return now;
    if (now.state !== 'waiting' && now.state !== 'running') throw new Error(`import ${now.state}`);
    await sleep(200);
  }
}

/** Calls of each queue answered within so many seconds, as the product's report has them. */
async function answeredWithin(
  asker: Asker,
  baseUrl: string,
  seconds: number,
): Promise<Map<string, number>> {
  const answer = await fetch(`${baseUrl}/api/kpi/settings`, {
    method: 'PATCH',
    headers: { ...asker.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ serviceLevelSeconds: seconds }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  const period = { from: '2026-11-22', to: '2026-11-23' };
  const report: ReportView = await askReport(asker, { ...period, by: 'queue' });
  return new Map(report.rows.map(({ name, total }) => [name, total.counts.withinServiceLevel]));
}

/** One queue as both have it; `fits` when they agree, but for calls that Asterisk forgot. */
function compared(
  shown: Shown,
  ours: ImportQueueTotals,
  { within, missed }: { within: number; missed: number },
) {
  const { completed, abandoned, level } = shown;
  // The call that Asterisk forgot was answered in time or not: its level must fit one of the two.
  const levels = [within, within - missed].map((calls) =>
    completed === 0 ? 0 : Math.round((calls / completed) * 1000) / 10,
  );
  const fits =
    ours.asteriskCompleted === completed &&
    ours.asteriskAbandoned === abandoned &&
    levels.includes(level);
  const parts = [
    `completed ${ours.completed} + transferred ${ours.transferred} − forgotten ${missed}`,
    `abandoned ${ours.abandoned} + timed out ${ours.timedOut}`,
    `by key ${ours.leftByKey}`,
    `within ${shown.seconds} s ${within}`,
  ];
  return { fits, parts: parts.join('; ') };
}

async function check(asker: Asker, baseUrl: string): Promise<number> {
  const { report } = await importLog(asker);
  const forgotten = new Map(
    (report?.traps ?? [])
      .filter(({ code }) => code === 'completed_after_removal')
      .map(({ params, count }) => [String(params['queue']), count]),
  );
  let different = 0;
  for (const shown of shownTotals(readFileSync(join(folder, 'queue-show-final.txt'), 'utf8'))) {
    const { queue, completed, abandoned, level, seconds } = shown;
    const ours = report?.queues.find((totals) => totals.queue === queue);
    const within = (await answeredWithin(asker, baseUrl, seconds)).get(queue) ?? 0;
    const missed = forgotten.get(queue) ?? 0;
    const isEmpty = completed + abandoned === 0;
    const { fits, parts } = ours
      ? compared(shown, ours, { within, missed })
      : { fits: isEmpty, parts: 'no calls' };
    if (!fits) different += 1;
    const verdict = fits ? 'equal    ' : 'DIFFERENT';
    process.stdout.write(
      `${verdict} ${queue}: C:${completed} A:${abandoned} SL:${level}%  (${parts})\n`,
    );
  }
  return different;
}

async function main(): Promise<void> {
  if (!existsSync(folder)) {
    process.stdout.write(`${folder} is not here: nothing is compared\n`);
    return;
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'yingda-pbx-check-'));
  const product = new Product({ port: await freePort(), dataDir });
  try {
    await product.start();
    const asker = await foundAndSignIn(product.baseUrl, 'Asia/Shanghai');
    const different = await check(asker, product.baseUrl);
    const verdict = different === 0 ? 'equal: every queue' : `${different} queues differ`;
    process.stdout.write(`${verdict}\n`);
    if (different > 0) process.exitCode = 1;
  } finally {
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

await main();
