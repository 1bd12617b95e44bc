/** What the programs of an operator share: reading what is asked, printing what came of it, saying what went wrong. */
import { resolve } from 'node:path';
import { Problem } from '../kernel/problem.ts';
import { ConfigError } from '../platform/config/index.ts';
import { DatabaseProblem } from '../platform/db/index.ts';
import { problemTitle } from '../platform/http/answer.ts';

/** Asked for wrongly: the text says how to ask. */
export class UsageError extends Error {}

/** What is printed, as data and as lines for people; `failed`: the exit code tells. */
export type Said = { data: unknown; lines: string[]; failed?: boolean };

interface Asked {
  json?: boolean;
  help?: boolean;
}

/** A program of several commands. */
export interface Program<V extends Asked> {
  help: string;
  /** `parseArgs` with the options of the program. */
  parse: () => { positionals: string[]; values: V };
  commands: Record<string, (values: V, words: string[]) => Promise<Said>>;
}

function textOf(error: unknown, help: string): string {
  if (error instanceof UsageError) return `${error.message}\n\n${help}`.trimStart();
  if (error instanceof ConfigError || error instanceof DatabaseProblem) return error.message;
  if (!(error instanceof Problem)) {
    return error instanceof Error ? (error.stack ?? '') : String(error);
  }
  const { code, params } = error;
  return `${problemTitle(code, 'en', params)}\n${problemTitle(code, 'zh-CN', params)}`;
}

/** Runs the whole of a program; ends with 2 for one that was asked for wrongly and with 1 for one that failed. */
export function runMain(help: string, main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(textOf(error, help));
    process.exitCode = error instanceof UsageError ? 2 : 1;
  });
}

function parsed<V extends Asked>({ parse }: Program<V>): { positionals: string[]; values: V } {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Runs the command that was asked for and prints what it says. */
export function runProgram<V extends Asked>(program: Program<V>): void {
  const { help, commands } = program;
  runMain(help, async () => {
    const { positionals, values } = parsed(program);
    const [name, ...words] = positionals;
    if (values.help || name === undefined || name === 'help') return console.log(help);
    const command = commands[name];
    if (!command) throw new UsageError(`Unknown command: ${name}. 未知命令:${name}。`);
    const { data, lines, failed } = await command(values, words);
    console.log(values.json ? JSON.stringify(data) : lines.join('\n'));
    if (failed) process.exitCode = 1;
  });
}

/** The file named first; a relative name means the folder the person is in, though npm runs scripts in the checkout. */
export function fileAsked(): string {
  const [name] = process.argv.slice(2).filter((word) => !word.startsWith('-'));
  if (name === undefined) throw new UsageError();
  return resolve(process.env['INIT_CWD'] ?? '.', name);
}
