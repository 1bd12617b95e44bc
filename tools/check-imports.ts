/** Runs dependency-cruiser and refuses a green answer that rests on nothing having been read. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { filesBelow, report, root } from './lib/files.ts';

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
  cycle?: { name: string }[];
}

interface Cruise {
  modules: { source: string }[];
  summary: {
    violations: Violation[];
    totalDependenciesCruised: number;
    ruleSetUsed?: { forbidden?: { name: string; comment?: string }[] };
  };
}

const workspaces = ['contract', 'server', 'web', 'widget', 'portal'];

/** Cruises folders of a checkout by that checkout's own rules. */
export function cruise(folders: readonly string[], base = root): Cruise {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const run = spawnSync(
    process.execPath,
    [cli, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders],
    { cwd: base, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  try {
    return JSON.parse(run.stdout) as Cruise;
  } catch {
    throw new Error(`dependency-cruiser gave no result: ${run.stderr.trim() || run.stdout.trim()}`);
  }
}

/** One line a violation (who, whom, which rule), with the reason under the first of each rule. */
export function violationLines({ summary }: Cruise): string[] {
  const reasons = new Map(
    (summary.ruleSetUsed?.forbidden ?? []).map((rule) => [rule.name, rule.comment ?? '']),
  );
  const sorted = summary.violations.toSorted((a, b) => a.rule.name.localeCompare(b.rule.name));
  return sorted.map((violation, index) => {
    const name = violation.rule.name;
    const path = violation.cycle
      ? [violation.from, ...violation.cycle.map((step) => step.name)].join(' → ')
      : `${violation.from} → ${violation.to}`;
    const first = sorted[index - 1]?.rule.name !== name;
    return `${name}: ${path}${first ? `\n  ${reasons.get(name) ?? ''}` : ''}`;
  });
}

/** Workspaces that hold code of which nothing was cruised: the sign of a parser that understood nothing. */
export function unreadWorkspaces(cruised: readonly string[], present: readonly string[]): string[] {
  return present
    .filter((folder) => !cruised.some((source) => source.startsWith(`${folder}/`)))
    .map((folder) => `${folder}: holds code, but no module of it was cruised`);
}

function main(): void {
  const present = workspaces
    .map((name) => `${name}/src`)
    .filter((folder) => filesBelow(folder).some((path) => /\.tsx?$/.test(path)));
  const result = cruise(present);
  const sources = result.modules.map((module) => module.source);
  const dependencies = result.summary.totalDependenciesCruised;
  const faults = [...unreadWorkspaces(sources, present), ...violationLines(result)];
  if (sources.length === 0) faults.push('0 modules were cruised');
  if (dependencies === 0) faults.push('0 dependencies were cruised');
  report(faults, `${sources.length} modules, ${dependencies} dependencies, no violation`);
}

if (import.meta.main) main();
