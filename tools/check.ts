/**
 * `npm run check`: every check that needs no database, two at a time, one line each.
 * `npm run check -- lint types` runs only the named ones.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/files.ts';

interface Step {
  name: string;
  /** Script of node, from the root of the checkout, and its arguments. */
  command: string[];
}

interface Outcome {
  step: Step;
  ok: boolean;
  output: string;
  seconds: number;
}

/** A program's entry file as its package names it: needs no shell and no .cmd twin on Windows. */
const bin = (path: string): string => join('node_modules', path);

function typeCheck(workspace: string): Step {
  const memory = join('node_modules/.cache/types', `${workspace}.tsbuildinfo`);
  return {
    name: `types ${workspace}`,
    command: [
      bin('typescript/bin/tsc'),
      '--noEmit',
      '--pretty',
      'false',
      '-p',
      workspace,
      '--incremental',
      '--tsBuildInfoFile',
      memory,
    ],
  };
}

// The slow ones first: with two at a time the short ones fill the gaps.
const steps: Step[] = [
  { name: 'lint', command: [bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'] },
  typeCheck('server'),
  typeCheck('web'),
  { name: 'imports', command: ['tools/check-imports.ts'] },
  { name: 'unused', command: [bin('knip/bin/knip.js'), '--no-progress'] },
  typeCheck('contract'),
  typeCheck('widget'),
  typeCheck('portal'),
  typeCheck('tools'),
  { name: 'generated', command: ['tools/generate.ts', '--check'] },
  { name: 'locales', command: ['tools/check-locales.ts'] },
  { name: 'structure', command: ['tools/check-structure.ts'] },
  { name: 'words', command: ['tools/check-words.ts'] },
  { name: 'documents', command: ['tools/check-documents.ts'] },
  { name: 'budgets', command: ['tools/check-budgets.ts'] },
  { name: 'format', command: [bin('oxfmt/bin/oxfmt'), '--check'] },
];

function run(step: Step): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    const output: string[] = [];
    const child = spawn(process.execPath, step.command, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    const finish = (ok: boolean): void =>
      resolve({ step, ok, output: output.join(''), seconds: (performance.now() - started) / 1000 });
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.on('error', (error) => {
      output.push(String(error));
      finish(false);
    });
    child.on('close', (code) => finish(code === 0));
  });
}

function print({ step, ok, output, seconds }: Outcome): void {
  const note = ok ? (output.trim().split('\n').at(-1) ?? '') : '';
  const line = `${ok ? 'ok    ' : 'failed'}  ${step.name.padEnd(14)} ${seconds.toFixed(1).padStart(5)} s`;
  console.log(note.length > 0 && note.length <= 100 ? `${line}  ${note}` : line);
  if (!ok) console.log(output.trimEnd().replaceAll(/^/gm, '    '));
}

/** Runs all steps, at most `width` at once, and prints each as it ends. */
async function runAll(wanted: readonly Step[], width: number): Promise<Outcome[]> {
  const queue = [...wanted];
  const outcomes: Outcome[] = [];
  const worker = async (): Promise<void> => {
    for (let step = queue.shift(); step; step = queue.shift()) {
      const outcome = await run(step);
      outcomes.push(outcome);
      print(outcome);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return outcomes;
}

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const wanted = steps.filter(
    ({ name }) => names.length === 0 || names.some((asked) => `${name} `.startsWith(`${asked} `)),
  );
  if (wanted.length === 0) {
    console.log(`No such check. There are: ${steps.map(({ name }) => name).join(', ')}`);
    process.exitCode = 1;
    return;
  }
  const present = wanted.filter(({ command: [script] }) => existsSync(join(root, script ?? '')));
  const absent = wanted.filter((step) => !present.includes(step));
  for (const { name, command } of absent) console.log(`failed  ${name}: ${command[0]} is missing`);
  const outcomes = await runAll(present, 2);
  const failed = outcomes.filter(({ ok }) => !ok).length + absent.length;
  console.log(`${wanted.length - failed} of ${wanted.length} checks ok, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

await main();
