/** `npm run kpi -- …`: brings logs of other systems into the reports without a browser; the product may be running. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import en from '@yingda/contract/import-texts/en' with { type: 'json' };
import zh from '@yingda/contract/import-texts/zh-CN' with { type: 'json' };
import { ImportKind, ImportMapping } from '@yingda/contract';
import type { ImportDetail, ImportNotice, ImportSentence, ImportView } from '@yingda/contract';
import { runProgram, UsageError } from './app/command-line.ts';
import type { Said } from './app/command-line.ts';
import { runCommand } from './app/command.ts';
import { planAsked } from './app/demo/centre-log/ask.ts';
import { writeCentreLog } from './app/demo/centre-log/index.ts';
import {
  followPath,
  importPaths,
  inspectPath,
  listRecent,
  removeByCommand,
} from './modules/imports/index.ts';
import { readConfig } from './platform/config/index.ts';
import type { Ctx } from './platform/ctx.ts';

const help = `Use: npm run kpi -- COMMAND OPTIONS        用法:npm run kpi -- 命令 选项

  import FILE …     Bring a file (or rotated files of one log) into the reports    导入文件(可为同一日志的多个轮转文件)
    [--kind KIND]           ${ImportKind.options.join(' | ')}
                            guessed when left out / 省略时自动判断
    [--log NAME]            the system it comes from; nothing of one log is counted twice / 来源系统,同一日志不会重复计数
    [--zone ZONE]           for example Asia/Shanghai; the centre's own when left out / 省略时用中心时区
    [--mapping FILE.json]   what the columns of a table mean / 表格各列的含义
    [--name NAME]
  inspect FILE      Say what a file seems to be, and its columns                   说明文件类型与各列含义
  follow FILE       Read a queue_log as it grows                                   跟踪增长中的 queue_log
    [--log NAME] [--zone ZONE]
  list              The last imports                                               最近的导入
  remove ID         Take an import out of the reports                              移除一次导入
  generate FILE     Make the log of a centre up, as a table to try things with      生成一个虚构客服中心的联系记录表
    [--contacts NUMBER]     100000 when left out / 省略时为 100000
    [--from DATE --to DATE] the last year when left out / 省略时为最近一年
    [--seed NUMBER]         the same number makes the same log / 同一种子生成同一记录
    [--times FILE]          also sign-in times of the agents / 同时生成坐席签入时间

  --json            print one line of JSON                                         以一行 JSON 输出
`;

const options = {
  kind: { type: 'string' },
  log: { type: 'string' },
  zone: { type: 'string' },
  mapping: { type: 'string' },
  name: { type: 'string' },
  contacts: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  seed: { type: 'string' },
  times: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

const isChinese = /^zh/i.test(process.env['LC_ALL'] ?? process.env['LANG'] ?? '');

function say({ code, params }: ImportSentence): string {
  const texts: Record<string, string> = (isChinese ? zh : en).says;
  const text = texts[code] ?? code;
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''));
}

function one(files: string[], what: string): string {
  const [file, ...more] = files;
  if (!file || more.length > 0) throw new UsageError(`One ${what} is needed. 需要一个 ${what}。`);
  return file;
}

function kindOf(text: string | undefined): ImportKind | undefined {
  if (text === undefined) return undefined;
  const kind = ImportKind.safeParse(text);
  if (kind.success) return kind.data;
  throw new UsageError(`Unknown kind: ${text}. 未知类型:${text}。`);
}

function mappingOf(file: string | undefined): ImportMapping | undefined {
  if (file === undefined) return undefined;
  try {
    return ImportMapping.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file} is no mapping: ${reason}`);
  }
}

const percent = ({ bytesRead, bytesTotal }: ImportView): string =>
  `${Math.floor((100 * bytesRead) / Math.max(1, bytesTotal))} %`;

function showProgress(view: ImportView): void {
  const { phase, rows, contacts, errors } = view;
  const text = `${phase} ${percent(view)}  rows ${rows}  contacts ${contacts}  errors ${errors}`;
  process.stderr.write(`\r${text.padEnd(78)}`);
}

const noticeLines = (notices: ImportNotice[]): string[] =>
  notices.map((notice) => {
    const places = notice.places.map(({ line }) => line).join(', ');
    return `  ${String(notice.count).padStart(8)} × ${say(notice)}${places === '' ? '' : `  [${places}]`}`;
  });

function reportLines(done: ImportDetail): string[] {
  const { report } = done;
  const lines = [`${done.name}: ${done.state}  (${done.id})`];
  if (done.problem) lines.push(`  ${done.problem.code}`);
  if (!report) return lines;
  const { answered, abandoned, blocked, selfServed, open } = report.outcomes;
  lines.push(
    `  rows ${report.rows}  contacts ${report.contacts}  duplicates ${report.duplicates}  ${report.seconds.toFixed(1)} s`,
    `  answered ${answered}  abandoned ${abandoned}  blocked ${blocked}  self-served ${selfServed}  open ${open}`,
    `  ${report.from ?? ''} – ${report.to ?? ''}`,
    ...report.understood.map((sentence) => `  ${say(sentence)}`),
    ...report.queues.map(
      (queue) =>
        `  ${queue.queue}: entered ${queue.entered}  answered ${queue.answered}  abandoned ${queue.abandoned}  timed out ${queue.timedOut}  by key ${queue.leftByKey}  (queue show: C ${queue.asteriskCompleted}  A ${queue.asteriskAbandoned})`,
    ),
  );
  const parts: [string, ImportNotice[]][] = [
    ['Left out 未导入', report.leftOut],
    ['Errors 错误', report.errors],
    ['Handled 已处理', report.traps],
  ];
  for (const [title, notices] of parts) {
    if (notices.length > 0) lines.push(title, ...noticeLines(notices));
  }
  return lines;
}

/** What was given of these, and nothing for what was not. */
const given = ({ zone, name }: Values) => ({
  ...(zone === undefined ? {} : { zone }),
  ...(name === undefined ? {} : { name }),
});

async function importFiles(ctx: Ctx, files: string[], values: Values): Promise<Said> {
  const [first] = files;
  if (!first) throw new UsageError('A FILE is missing. 缺少文件。');
  const mapping = mappingOf(values.mapping);
  const guess = await inspectPath(ctx, first);
  const kind = kindOf(values.kind) ?? (mapping ? 'table' : guess.kind);
  if (kind === 'table' && !mapping && guess.questions.length > 0) {
    const data = { questions: guess.questions, mapping: guess.mapping };
    return { data, lines: guess.questions.map(say), failed: true };
  }
  const isShown = process.stderr.isTTY && !values.json;
  const done = await importPaths(ctx, files, {
    kind,
    log: values.log ?? guess.suggestedLog,
    onProgress: isShown ? showProgress : undefined,
    mapping,
    ...given(values),
  });
  if (isShown) process.stderr.write('\n');
  return { data: done, lines: reportLines(done), failed: done.state !== 'done' };
}

async function inspect(ctx: Ctx, files: string[]): Promise<Said> {
  const seen = await inspectPath(ctx, one(files, 'FILE'));
  const columns = seen.columns.map(
    ({ header, role, format, unit, reason }) =>
      `  ${header}: ${[role, format, unit].filter(Boolean).join(' ')} – ${say(reason)}`,
  );
  const lines = [say(seen.kindReason), say(seen.encodingReason), ...columns];
  return { data: seen, lines: [...lines, ...seen.questions.map(say)] };
}

async function follow(ctx: Ctx, files: string[], { log, zone }: Values): Promise<Said> {
  const view = await followPath(ctx, one(files, 'FILE'), { log, zone });
  return { data: view, lines: [`${view.path}: ${view.state}  (${view.id})`] };
}

async function list(ctx: Ctx): Promise<Said> {
  const imports = await listRecent(ctx);
  const lines = imports.map(
    (view) => `${view.id}  ${view.state.padEnd(9)}  ${view.contacts}  ${view.log}  ${view.name}`,
  );
  return { data: imports, lines };
}

async function remove(ctx: Ctx, ids: string[]): Promise<Said> {
  const id = one(ids, 'ID');
  await removeByCommand(ctx, id);
  return { data: { id }, lines: [`${id}: removed 已移除`] };
}

/** Needs no installation. */
async function generate(values: Values, files: string[]): Promise<Said> {
  const file = one(files, 'FILE');
  const plan = planAsked(values, new Date());
  if (typeof plan === 'string') throw new UsageError(`--${plan}? 无效的 --${plan}。`);
  const written = await writeCentreLog(plan, { file, timesFile: values.times });
  const { queues, agents } = plan.centre;
  const data = { file, ...written, queues: queues.length, agents: agents.length };
  const line = `${file}: contacts ${data.contacts}  queues ${data.queues}  agents ${data.agents}  ${written.seconds.toFixed(1)} s`;
  return { data, lines: [line] };
}

/** A command that works on the installation's data. */
const onData =
  (work: (ctx: Ctx, files: string[], values: Values) => Promise<Said>) =>
  (values: Values, files: string[]): Promise<Said> =>
    runCommand(readConfig(), (ctx) => work(ctx, files, values));

runProgram({
  help,
  parse: () => parseArgs({ options, allowPositionals: true }),
  commands: {
    import: onData(importFiles),
    inspect: onData(inspect),
    follow: onData(follow),
    list: onData(list),
    remove: onData(remove),
    generate,
  },
});
