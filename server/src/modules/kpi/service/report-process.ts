import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Fault, ProblemCode } from '@yingda/contract';
import { jsonGently } from '../../../kernel/gently.ts';
import { Problem } from '../../../kernel/problem.ts';
import { forkAside } from '../../../platform/child.ts';
import type { ChildStart } from '../../../platform/child.ts';
import type { Ctx, Services } from '../../../platform/ctx.ts';
import { answerTo } from './answers.ts';
import type { Question } from './answers.ts';

const childPath = fileURLToPath(new URL('./report-child.ts', import.meta.url));
/** A report that takes so long here keeps conversations waiting: the next ones are worked out by a process of their own. */
const LONG_MS = 200;
/** It ends when nobody has asked for so long: a small centre does without its memory. */
const IDLE_MS = 10 * 60_000;
/** Most memory of it. */
const HEAP_MB = 512;

export type Asked = Pick<Ctx, 'actor' | 'locale' | 'requestId'> & {
  id: number;
  question: Question;
};
type Refusal = {
  code: ProblemCode;
  params: Record<string, string | number> | undefined;
  faults: Fault[] | undefined;
};
export type Told =
  | { isReady: true }
  | { id: number; text: string }
  | { id: number; problem: Refusal };

/** Gives the answer, or null: the process has gone, and whoever asked may work it out themselves. */
type Settle = { resolve: (text: string | null) => void; reject: (problem: Problem) => void };
type Reporter = {
  child: ChildProcess | null;
  isReady: boolean;
  waiting: Map<number, Settle>;
  asked: number;
  idle: NodeJS.Timeout | null;
};
const reporters = new WeakMap<Services, Reporter>();

function ended(reporter: Reporter, child: ChildProcess): void {
  if (reporter.child !== child) return;
  reporter.child = null;
  reporter.isReady = false;
  for (const { resolve } of reporter.waiting.values()) resolve(null);
  reporter.waiting.clear();
}

function heard(reporter: Reporter, told: Told): void {
  if ('isReady' in told) {
    reporter.isReady = true;
    return;
  }
  const asker = reporter.waiting.get(told.id);
  reporter.waiting.delete(told.id);
  if ('text' in told) asker?.resolve(told.text);
  else asker?.reject(new Problem(told.problem.code, told.problem));
}

function begin({ config, database }: Services, reporter: Reporter): void {
  if (reporter.child) return;
  const child = forkAside(childPath, [`--max-old-space-size=${HEAP_MB}`]);
  reporter.child = child;
  child.on('message', (told) => heard(reporter, told as Told));
  child.once('error', () => ended(reporter, child));
  child.once('exit', () => ended(reporter, child));
  const start: ChildStart = { config, url: database.url };
  child.send(start, () => {});
}

const end = (reporter: Reporter): void => {
  if (reporter.idle) clearTimeout(reporter.idle);
  reporter.child?.kill('SIGKILL');
};

function stayFor(reporter: Reporter): void {
  if (reporter.idle) clearTimeout(reporter.idle);
  reporter.idle = setTimeout(() => {
    if (reporter.waiting.size === 0) end(reporter);
    else stayFor(reporter);
  }, IDLE_MS).unref();
}

function ask(reporter: Reporter, asker: Ctx, question: Question): Promise<string | null> {
  const { child } = reporter;
  if (!child || !reporter.isReady) return Promise.resolve(null);
  stayFor(reporter);
  const { actor, locale, requestId } = asker;
  reporter.asked += 1;
  const asked: Asked = { id: reporter.asked, actor, locale, requestId, question };
  return new Promise((resolve, reject) => {
    reporter.waiting.set(asked.id, { resolve, reject });
    child.send(asked, (error) => {
      // What could not be sent is worked out here.
      if (error && reporter.waiting.delete(asked.id)) resolve(null);
    });
  });
}

/**
 * A page of the reports as JSON text. Where they take long they come from a process of their own, which reads only; as
 * long as that is not there, or no more, they are worked out here, in turns. Throws what `report` and `standardsOf` throw.
 */
export async function answerText(ctx: Ctx, question: Question): Promise<string> {
  const reporter = reporters.get(ctx.services);
  const text = reporter ? await ask(reporter, ctx, question) : null;
  if (text !== null) return text;
  const since = performance.now();
  const own = await jsonGently(await answerTo(ctx, question));
  if (reporter && performance.now() - since > LONG_MS) beginReporting(ctx.services);
  return own;
}

/** Starts the process that works reports out, unless there is one. */
export function beginReporting(services: Services): void {
  const reporter = reporters.get(services);
  if (!reporter) return;
  begin(services, reporter);
  stayFor(reporter);
}

/** The process that works reports out, of whoever asks for one; null when there is none, or not yet. */
export function reportingProcess(services: Services): ChildProcess | null {
  const reporter = reporters.get(services);
  return reporter?.isReady ? reporter.child : null;
}

/** Lets reports of this process go to one of their own once they take long; returns how to end that. */
export function startReportProcess(services: Services): () => void {
  const reporter: Reporter = {
    child: null,
    isReady: false,
    waiting: new Map(),
    asked: 0,
    idle: null,
  };
  reporters.set(services, reporter);
  return () => {
    reporters.delete(services);
    end(reporter);
  };
}
