/** Documents that keep their word: links lead somewhere, commands exist, every setting is described in both languages. */
import { posix } from 'node:path';
import { exists, read, report, trackedFiles } from './lib/files.ts';

const configGuides = ['docs/guides/configuration.md', 'docs/guides/configuration.zh-CN.md'];

const withoutCode = (text: string): string => text.replaceAll(/^\s*```[\s\S]*?^\s*```/gm, '');

/** Paths inside the checkout that a document links to, from the root of the checkout. */
export function linksOf(path: string, text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => (match[1] ?? '').replace(/#.*$/, ''))
    .filter((link) => link !== '' && !/^[a-z]+:/i.test(link))
    .map((link) => posix.normalize(posix.join(posix.dirname(path), decodeURI(link))));
}

/** The npm scripts a document names. */
export function scriptsOf(text: string): string[] {
  const named = [...text.matchAll(/\bnpm (?:run ([a-z][\w:-]*)|(start|test)\b)/g)];
  return [...new Set(named.map((match) => match[1] ?? match[2] ?? ''))];
}

function documentFaults(path: string, scripts: ReadonlySet<string>): string[] {
  const text = read(path);
  return [
    ...linksOf(path, text)
      .filter((link) => !exists(link))
      .map((link) => `${path} links to ${link}, which does not exist`),
    ...scriptsOf(text)
      .filter((name) => !scripts.has(name))
      .map((name) => `${path} names npm run ${name}, which package.json does not have`),
  ];
}

async function settingFaults(): Promise<string[]> {
  const { configKeys } = await import('../server/src/platform/config/index.ts');
  const known = new Set(Object.keys(configKeys));
  return configGuides.flatMap((path) => {
    const described = [...read(path).matchAll(/^\| `([A-Z0-9_]+)`/gm)].map((row) => row[1] ?? '');
    return [
      ...[...known]
        .filter((name) => !described.includes(name))
        .map((name) => `${path}: ${name} is missing`),
      ...described
        .filter((name) => !known.has(name))
        .map((name) => `${path}: ${name} is no setting`),
    ];
  });
}

async function main(): Promise<void> {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const names = new Set(Object.keys(scripts));
  const paths = trackedFiles().filter((path) => path.endsWith('.md'));
  const faults = paths.flatMap((path) => documentFaults(path, names));
  faults.push(...(await settingFaults()));
  report(faults, `${paths.length} documents`);
}

if (import.meta.main) await main();
