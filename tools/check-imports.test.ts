import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cruise, unreadWorkspaces, violationLines } from './check-imports.ts';
import { root } from './lib/files.ts';

/** A small checkout in which each file breaks one rule, or none. */
const files: Record<string, string> = {
  'contract/src/index.ts': 'export const shared = 1;',
  'server/src/kernel/ids.ts':
    "import { readFileSync } from 'node:fs'; export const a = readFileSync;",
  'server/src/platform/db/index.ts':
    "import { app } from '../../app/index.ts'; export const db = app;",
  'server/src/app/index.ts':
    "import { secret } from '../modules/identity/service.ts'; export const app = secret;",
  'server/src/modules/identity/index.ts': "export { secret } from './service.ts';",
  'server/src/modules/identity/service.ts': 'export const secret = 1;',
  'server/src/modules/clocks/index.ts':
    "import { shared } from '../../../../contract/src/index.ts'; export const c = shared;",
  'server/src/modules/contacts/index.ts':
    "import { secret } from '../identity/service.ts'; export const contacts = secret;",
  'server/src/modules/customers/index.ts':
    "import { secret } from '../identity/index.ts'; export const customers = secret;",
  'server/src/modules/routing/index.ts':
    "import { talk } from '../conversations/index.ts'; export const routing = talk;",
  'server/src/modules/routing/domain/choose.ts':
    "import { db } from '../../../platform/db/index.ts'; export const choose = db;",
  'server/src/modules/conversations/index.ts': 'export const talk = 1;',
  'server/src/modules/channels/webchat/index.ts': 'export const webchat = 1;',
  'web/src/features/desk/list.ts':
    "import { card } from '../customers/card.ts'; export const list = card;",
  'web/src/features/customers/card.ts': 'export const card = 1;',
  'web/src/ui/shell.ts':
    "import { list } from '../features/desk/list.ts'; export const shell = list;",
  // Packages keep their code in dist/, which is left out of our own folders only.
  'node_modules/kysely/package.json':
    '{"name":"kysely","type":"module","exports":"./dist/index.js"}',
  'node_modules/kysely/dist/index.js': 'export const sql = 1;',
  'server/src/modules/customers/store.ts':
    "import { sql } from 'kysely'; export const store = sql;",
  'server/src/modules/customers/service.ts':
    "import { sql } from 'kysely'; import type { Kysely } from 'kysely'; export const s = sql; export type K = Kysely;",
  'server/src/modules/customers/policy.ts':
    "import type { Kysely } from 'kysely'; export type P = Kysely;",
  'web/src/lib/one.ts': "import { two } from './two.ts'; export const one = (): number => two();",
  'web/src/lib/two.ts': "import { one } from './one.ts'; export const two = (): number => one();",
};

const checkout = mkdtempSync(join(tmpdir(), 'yingda-imports-'));

describe('the import rules', () => {
  let lines: string[] = [];
  let sources: string[] = [];

  beforeAll(() => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(checkout, path)), { recursive: true });
      writeFileSync(join(checkout, path), `${text}\n`);
    }
    // The map refuses to be longer than what is on disk, so every module has at least a folder.
    const modules = 'server/src/modules';
    for (const name of readdirSync(join(root, modules))) {
      mkdirSync(join(checkout, modules, name), { recursive: true });
    }
    cpSync(join(root, '.dependency-cruiser.cjs'), join(checkout, '.dependency-cruiser.cjs'));
    const result = cruise(['contract/src', 'server/src', 'web/src'], checkout);
    lines = violationLines(result);
    sources = result.modules.map((module) => module.source);
  });

  afterAll(() => rmSync(checkout, { recursive: true, force: true }));

  test.each([
    ['kernel-pure', 'server/src/kernel/ids.ts'],
    ['platform-knows-no-module', 'server/src/platform/db/index.ts'],
    ['app-through-index', 'server/src/app/index.ts'],
    ['modules-through-index', 'server/src/modules/contacts/index.ts'],
    ['map-routing', 'server/src/modules/routing/index.ts'],
    ['domain-pure', 'server/src/modules/routing/domain/choose.ts'],
    ['features-alone', 'web/src/features/desk/list.ts'],
    ['features-only-from-app', 'web/src/ui/shell.ts'],
    ['sql-only-in-stores', 'server/src/modules/customers/service.ts'],
    ['no-circular', 'web/src/lib/one.ts'],
  ])('%s catches %s', (rule, file) => {
    expect(lines.some((line) => line.startsWith(`${rule}: ${file} →`))).toBe(true);
  });

  test('what the map allows passes', () => {
    const allowed = ['customers/index', 'customers/store', 'customers/policy', 'clocks/index'].map(
      (name) => `server/src/modules/${name}.ts →`,
    );
    expect(lines.filter((line) => allowed.some((start) => line.includes(start)))).toEqual([]);
  });

  test('each rule says why', () => {
    expect(lines.find((line) => line.startsWith('domain-pure'))).toContain('pure functions');
  });

  test('the whole fixture was read', () => {
    expect(sources).toEqual(
      expect.arrayContaining(Object.keys(files).filter((path) => path.endsWith('.ts'))),
    );
  });

  test('a folder missing from the module map is an error', () => {
    const extra = join(checkout, 'server/src/modules/fashion');
    mkdirSync(extra);
    expect(() => cruise(['server/src'], checkout)).toThrow(/module map.*fashion/);
    rmSync(extra, { recursive: true });
  });
});

test('a workspace of which nothing was cruised is a fault', () => {
  expect(unreadWorkspaces(['web/src/a.ts'], ['web/src', 'server/src'])).toEqual([
    expect.stringContaining('server/src'),
  ]);
});
