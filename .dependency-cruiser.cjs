'use strict';

const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

/**
 * The module map: what each server module may import, always through the other's `index.ts`.
 * Anything that would point upward travels as an event instead. A new module gets its line here first.
 */
const moduleMap = {
  identity: [],
  clocks: ['identity'],
  contacts: ['identity'],
  customers: ['identity'],
  routing: ['identity', 'clocks', 'contacts'],
  conversations: ['identity', 'customers', 'routing', 'clocks', 'contacts'],
  orders: ['identity', 'clocks', 'contacts', 'customers', 'conversations', 'routing'],
  webhooks: ['identity', 'customers', 'conversations', 'orders'],
  automations: [
    'identity',
    'clocks',
    'customers',
    'routing',
    'conversations',
    'orders',
    'webhooks',
  ],
  kpi: ['identity', 'clocks', 'contacts', 'customers', 'routing', 'conversations'],
  imports: ['identity', 'clocks', 'contacts', 'kpi'],
  reports: ['identity', 'clocks', 'kpi'],
  registers: ['identity', 'customers', 'conversations', 'orders', 'kpi', 'reports'],
  'channels/webchat': ['conversations', 'customers', 'routing', 'clocks', 'contacts', 'identity'],
};

/** Folders that hold modules instead of being one. */
const groups = ['channels'];

const modulesRoot = join(__dirname, 'server/src/modules');

function subfolders(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** Every module on disk stands in the map, every name in the map is on disk, and the map has no cycle. */
function checkMap() {
  const onDisk = subfolders(modulesRoot).flatMap((name) =>
    groups.includes(name)
      ? subfolders(join(modulesRoot, name)).map((inner) => `${name}/${inner}`)
      : [name],
  );
  const missing = onDisk.filter((name) => !(name in moduleMap));
  if (missing.length > 0) {
    throw new Error(`Add to the module map in .dependency-cruiser.cjs: ${missing.join(', ')}`);
  }
  const gone = Object.keys(moduleMap).filter((name) => !onDisk.includes(name));
  if (gone.length > 0) throw new Error(`In the module map but not on disk: ${gone.join(', ')}`);
  const visit = (name, path) => {
    if (path.includes(name)) throw new Error(`Module map cycle: ${[...path, name].join(' → ')}`);
    if (!(name in moduleMap)) throw new Error(`Unknown module in the map: ${name}`);
    for (const next of moduleMap[name]) visit(next, [...path, name]);
  };
  for (const name of Object.keys(moduleMap)) visit(name, []);
}

checkMap();

const MODULES = '^server/src/modules/';
const TEST_CODE = '(\\.test\\.tsx?$|/testing\\.ts$|/testing/|^server/test/|^e2e/|^bench/)';

function mapRules() {
  return Object.entries(moduleMap).map(([name, allowed]) => ({
    name: `map-${name.replace('/', '-')}`,
    comment: `${name} stands above ${allowed.length > 0 ? allowed.join(', ') : 'no other module'}; whatever would point upward or sideways is an event, or else modules grow into each other and cannot be tested or changed alone.`,
    severity: 'error',
    from: { path: `${MODULES}${name}/`, pathNot: TEST_CODE },
    to: {
      path: MODULES,
      pathNot: [name, ...allowed].map((other) => `${MODULES}${other}/`),
    },
  }));
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'Two files that import each other are one file in two places, and what runs first depends on who asked. Type-only imports vanish at run time and are free.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'type-import'] } },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere fails at run time, and the other rules cannot see it.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'contract-only-zod',
      comment:
        'The contract is loaded by server, desk and widget alike: whatever it imports, all of them carry.',
      severity: 'error',
      from: { path: '^contract/src/', pathNot: TEST_CODE },
      to: { pathNot: ['^contract/src/', '^node_modules/zod/'] },
    },
    {
      name: 'kernel-pure',
      comment:
        'The kernel is arithmetic: no disk, no network, no database, so that its rules are tested with values alone. node:crypto is there for the randomness of ids, zod for shapes.',
      severity: 'error',
      from: { path: '^server/src/kernel/', pathNot: TEST_CODE },
      to: {
        pathNot: [
          '^server/src/kernel/',
          '^contract/src/',
          '^(node:)?crypto$',
          '^node_modules/zod/',
        ],
      },
    },
    {
      name: 'platform-knows-no-module',
      comment:
        'The machine room knows no word of the trade: platform code that needs a module is a module.',
      severity: 'error',
      from: { path: '^server/src/platform/', pathNot: TEST_CODE },
      to: {
        path: '^server/src/',
        pathNot: ['^server/src/platform/', '^server/src/kernel/'],
      },
    },
    {
      name: 'modules-know-no-app',
      comment:
        'The composition root knows the modules, never the other way round: otherwise a module cannot be built without all the others.',
      severity: 'error',
      from: { path: MODULES, pathNot: TEST_CODE },
      to: { path: '^server/src/', pathNot: '^server/src/(modules|platform|kernel)/' },
    },
    {
      name: 'modules-through-index',
      comment:
        "A module's index.ts is its only door; what stands behind it can be rewritten without asking anyone. Tests may also use another module's testing.ts.",
      severity: 'error',
      from: { path: `${MODULES}((?:channels/)?[^/]+)/` },
      to: {
        path: MODULES,
        pathNot: [
          `${MODULES}$1/`,
          `${MODULES}(?:channels/)?[^/]+/index\\.ts$`,
          `${MODULES}(?:channels/)?[^/]+/testing(\\.ts$|/)`,
        ],
      },
    },
    {
      name: 'app-through-index',
      comment: 'The composition root uses the doors the modules offer, like everyone else.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: [MODULES, TEST_CODE] },
      to: { path: MODULES, pathNot: `${MODULES}(?:channels/)?[^/]+/index\\.ts$` },
    },
    ...mapRules(),
    {
      name: 'domain-pure',
      comment:
        'Rules of the trade are pure functions of their arguments (now and randomness among them), so that properties can be tried on thousands of cases a second. zod is the language of the contract and as pure.',
      severity: 'error',
      from: { path: `${MODULES}(.+)/domain/`, pathNot: TEST_CODE },
      to: {
        pathNot: [
          `${MODULES}$1/domain/`,
          '^server/src/kernel/',
          '^contract/src/',
          '^node_modules/zod/',
        ],
      },
    },
    {
      name: 'sql-only-in-stores',
      comment:
        'Who wants to know how a table is read or written looks into one file. Types of kysely are free; its values and pg are not.',
      severity: 'error',
      from: {
        path: '^server/src/',
        pathNot: [
          `${MODULES}.+/store(\\.ts$|/)`,
          '^server/src/platform/(db|events|jobs)(/|\\.ts$)',
          TEST_CODE,
        ],
      },
      to: {
        path: '^node_modules/(pg|kysely|pg-boss)/',
        dependencyTypesNot: ['type-only', 'type-import'],
      },
    },
    {
      name: 'no-test-code-in-production',
      comment: 'Test helpers may cut corners (fake clocks, open doors) that production must not.',
      severity: 'error',
      from: { path: '^(contract|server|web|widget|portal)/src/', pathNot: TEST_CODE },
      to: { path: TEST_CODE },
    },
    {
      name: 'features-alone',
      comment:
        'A web feature never imports another one; pages in web/src/app compose them. So a feature loads by itself and can be removed.',
      severity: 'error',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    },
    {
      name: 'features-only-from-app',
      comment:
        'Shared parts (ui, lib) that know a feature pull it into every first load and point the wrong way.',
      severity: 'error',
      from: { path: '^web/src/', pathNot: '^web/src/(app/|features/|main\\.tsx$)' },
      to: { path: '^web/src/features/' },
    },
    {
      name: 'app-on-top-of-web',
      comment: 'Pages and routes know features and shared parts, never the other way round.',
      severity: 'error',
      from: { path: '^web/src/(features|ui|lib)/', pathNot: TEST_CODE },
      to: { path: '^web/src/app/' },
    },
    {
      name: 'lib-below-ui',
      comment: 'lib holds what has no look; a helper that needs a component belongs to ui.',
      severity: 'error',
      from: { path: '^web/src/lib/', pathNot: TEST_CODE },
      to: { path: '^web/src/ui/' },
    },
    {
      name: 'workspaces-meet-in-contract',
      comment:
        'Server, desk and widget agree on the contract alone: a shared file beside it would be a second, unversioned one.',
      severity: 'error',
      from: { path: '^(server|web|widget|portal|contract)/src/' },
      to: { path: '^(server|web|widget|portal|tools|e2e|bench)/', pathNot: ['^$1/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(contract|server|web|widget|portal)/(dist|coverage)/' },
    // Type-only imports count too: they tie modules together in the head of the reader.
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.js', '.cjs', '.json', '.css'],
    },
  },
};
