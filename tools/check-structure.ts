/**
 * Every server module looks alike: a closed vocabulary of files, a README with the same headings, SQL in the store
 * alone, and a store that names only the tables its README lists.
 */
import { basename } from 'node:path';
import { exists, filesBelow, read, report } from './lib/files.ts';

const modulesRoot = 'server/src/modules';

/** Folders that hold modules instead of being one. */
const groups = ['channels'];

const required = ['README.md', 'index.ts'];

/** Each may become a folder of its own name once it passes 400 lines. */
const parts = [
  'routes',
  'service',
  'store',
  'policy',
  'present',
  'events',
  'listeners',
  'jobs',
  'realtime',
  'testing',
];

const folders = ['domain', 'adapters'];

const readmeLines = { least: 20, most: 60 };

/** What a module's README says about its tables. */
export interface Tables {
  owned: string[];
  read: string[];
}

const label = /^(?:#+\s*|[-*]\s+)?\**(tables?(?: owned)?|reads?)\b\**\s*(?::\**|$)/i;
const otherLabel = /^(?:#+\s|\**[A-Z][\w ]*\**:)/;

/** The words in backticks, or, where there are none, the first word of each item between commas. */
function namesIn(line: string): string[] {
  const quoted = [...line.matchAll(/`([a-z][a-z0-9_]*)`/g)].map((match) => match[1] ?? '');
  if (quoted.length > 0) return quoted;
  return line
    .replaceAll(/\([^)]*\)?/g, '')
    .split(',')
    .flatMap((item) => /^[\s*|-]*([a-z][a-z0-9_]*)/.exec(item)?.[1] ?? [])
    .filter((word) => word !== 'none' && word !== 'nothing');
}

/** What a label opens: whose tables follow, and whether they stand on its own line. */
interface Section {
  target: string[] | undefined;
  inline: boolean;
}

function sectionAt(line: string, tables: Tables): Section | undefined {
  const found = label.exec(line);
  if (!found) return otherLabel.test(line) ? { target: undefined, inline: false } : undefined;
  const target = /^table/i.test(found[1] ?? '') ? tables.owned : tables.read;
  return { target, inline: line.slice(found[0].length).trim() !== '' };
}

/**
 * The tables under `Tables:` and `Reads:` of a README: a line (up to the next blank line), or a list or section (up to
 * the next heading or label, the first word of each row).
 */
export function tablesOf(readme: string): Tables {
  const tables: Tables = { owned: [], read: [] };
  let section: Section = { target: undefined, inline: false };
  for (const line of readme.split('\n')) {
    const opened = sectionAt(line, tables);
    if (opened) section = opened;
    else if (section.inline && line.trim() === '') section = { target: undefined, inline: false };
    const isRow = !opened && /^\s*[-*|]/.test(line);
    const names = namesIn(line.replace(label, ''));
    if (isRow) section.target?.push(...names.slice(0, 1));
    else if (section.inline) section.target?.push(...names);
  }
  return tables;
}

/** Names of the tables that the SQL of a store mentions; only those the migrations create count. */
export function tablesNamed(source: string, known: ReadonlySet<string>): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$|^\s*--.*$/gm, '');
  const builder =
    /\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto|innerJoin|leftJoin|rightJoin|fullJoin|crossJoin|using|from)\(\s*\[?\s*['"`]([a-z_0-9]+)/g;
  const raw =
    /\b(?:from|join|into|update|using|only|lock\s+table|truncate)\s+(?:only\s+)?"?(?:public\.)?"?([a-z_][a-z_0-9]*)/gi;
  const names = [...code.matchAll(builder), ...code.matchAll(raw)].map((match) => match[1] ?? '');
  return [...new Set(names)].filter((name) => known.has(name)).toSorted();
}

/** Faults in the file names of one module, given as paths inside its folder. */
export function vocabularyFaults(inside: readonly string[]): string[] {
  const faults = required
    .filter((name) => !inside.includes(name))
    .map((name) => `${name} is missing`);
  const tops = [...new Set(inside.map((path) => path.split('/')[0] ?? ''))];
  for (const top of tops) {
    const isFolder = !inside.includes(top);
    const fine = isFolder
      ? [...folders, ...parts].includes(top)
      : required.includes(top) ||
        top.endsWith('.test.ts') ||
        parts.some((part) => top === `${part}.ts`);
    if (!fine) faults.push(`${top}${isFolder ? '/' : ''} is not in the vocabulary of a module`);
    if (isFolder && inside.includes(`${top}.ts`)) faults.push(`${top}.ts and ${top}/: keep one`);
  }
  return faults;
}

const isStore = (path: string): boolean => /\/store(\.ts$|\/)/.test(path);
const isTest = (path: string): boolean =>
  path.endsWith('.test.ts') || /\/testing(\.ts$|\/)/.test(path);

const sqlOutside =
  /\.(?:selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql(?:<[^`]*>)?`|\b(?:query|execute)\(\s*[`'"]\s*(?:select|insert|update|delete|with)\b/i;

function moduleFolders(): string[] {
  const names = new Set<string>();
  for (const path of filesBelow(modulesRoot)) {
    const [first = '', second = ''] = path.slice(modulesRoot.length + 1).split('/');
    const name =
      groups.includes(first) && path.split('/').length > 5 ? `${first}/${second}` : first;
    names.add(name);
  }
  return [...names];
}

function knownTables(): Set<string> {
  const create = /create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?"?([a-z_][a-z_0-9]*)/gi;
  const names = filesBelow('server/migrations')
    .filter((path) => path.endsWith('.sql') && basename(path) !== 'schema.snapshot.sql')
    .flatMap((path) => [...read(path).matchAll(create)].map((match) => match[1] ?? ''));
  return new Set(names);
}

function readmeFaults(readme: string, name: string): string[] {
  const lines = readme.trimEnd().split('\n').length;
  if (lines >= readmeLines.least && lines <= readmeLines.most) return [];
  return [`${name}/README.md has ${lines} lines; ${readmeLines.least} to ${readmeLines.most} fit`];
}

function moduleFaults(name: string, known: ReadonlySet<string>): string[] {
  const folder = `${modulesRoot}/${name}`;
  const paths = filesBelow(folder);
  const faults = vocabularyFaults(paths.map((path) => path.slice(folder.length + 1))).map(
    (fault) => `${name}: ${fault}`,
  );
  const readme = exists(`${folder}/README.md`) ? read(`${folder}/README.md`) : '';
  if (readme) faults.push(...readmeFaults(readme, name));
  const { owned, read: reads } = tablesOf(readme);
  for (const table of [...owned, ...reads].filter((table) => !known.has(table))) {
    faults.push(`${name}/README.md lists ${table}, which no migration creates`);
  }
  for (const path of paths.filter((path) => path.endsWith('.ts') && !isTest(path))) {
    const source = read(path);
    if (!isStore(path)) {
      if (sqlOutside.test(source)) faults.push(`${path}: SQL belongs into store.ts`);
      continue;
    }
    for (const table of tablesNamed(source, known)) {
      if (![...owned, ...reads].includes(table)) {
        faults.push(`${path} names ${table}, which README.md lists under neither Tables nor Reads`);
      }
    }
  }
  return faults;
}

/** Tables that two modules call their own. */
export function sharedTables(owners: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Map<string, string>();
  const faults: string[] = [];
  for (const [name, tables] of owners) {
    for (const table of tables) {
      const other = seen.get(table);
      if (other) faults.push(`${table} is listed as owned by ${other} and by ${name}`);
      seen.set(table, name);
    }
  }
  return faults;
}

function main(): void {
  const names = moduleFolders();
  const known = knownTables();
  const owners = new Map(
    names
      .filter((name) => exists(`${modulesRoot}/${name}/README.md`))
      .map((name) => [name, tablesOf(read(`${modulesRoot}/${name}/README.md`)).owned]),
  );
  const faults = [...names.flatMap((name) => moduleFaults(name, known)), ...sharedTables(owners)];
  report(faults, `${names.length} modules, ${known.size} tables`);
}

if (import.meta.main) main();
