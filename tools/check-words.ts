/** Looks for what no tracked file may hold: paths of one machine, registry hosts, unfinished work, muted tests. */
import { read, report, trackedFiles } from './lib/files.ts';

interface Ban {
  pattern: RegExp;
  why: string;
  only?: RegExp;
}

const source = /\.(ts|tsx|mjs|cjs|js|sql|css|html|md|json|jsonc|ya?ml)$/;

// Written in pieces, so that this file passes its own check.
const bans: Ban[] = [
  {
    pattern: new RegExp(String.raw`(?<![\w.@/-])/(?:work|root)/[\w.]`),
    why: 'a path of one machine',
  },
  { pattern: new RegExp(String.raw`(?<![\w.@/-])/home/[a-z]`), why: 'a path of one machine' },
  {
    pattern: new RegExp(String.raw`"resolved":\s*"https?:`),
    why: 'a registry host; npm writes none with omit-lockfile-registry-resolved',
    only: /package-lock\.json$/,
  },
  {
    pattern: new RegExp(`\\b(?:${['TO' + 'DO', 'FIX' + 'ME'].join('|')})\\b`),
    why: 'unfinished work: do it, or describe it in the documents',
    only: source,
  },
  {
    pattern: /\b(?:it|test|describe|suite)\.(?:only|skip)\(/,
    why: 'a muted test',
    only: /\.(ts|tsx|mjs|js)$/,
  },
];

const binary = /\.(png|jpe?g|gif|webp|ico|woff2?|ttf|otf|mp3|wav|ogg|pdf|zip|gz|wasm)$/;

/** Faults of one file, as `path:line: why`. */
export function faultsOf(path: string, text: string): string[] {
  const active = bans.filter((ban) => !ban.only || ban.only.test(path));
  if (!active.some((ban) => ban.pattern.test(text))) return [];
  return text
    .split('\n')
    .flatMap((line, index) =>
      active
        .filter((ban) => ban.pattern.test(line))
        .map((ban) => `${path}:${index + 1}: ${ban.why}: ${line.trim().slice(0, 120)}`),
    );
}

function main(): void {
  const paths = trackedFiles().filter((path) => !binary.test(path));
  // The test of this check must spell the banned words out.
  const faults = paths
    .filter((path) => path !== 'tools/check-words.test.ts')
    .flatMap((path) => faultsOf(path, read(path)));
  report(faults, `${paths.length} files, nothing banned`);
}

if (import.meta.main) main();
