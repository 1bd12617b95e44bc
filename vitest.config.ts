import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Tests have no time limit of their own; this only keeps a hanging one from going on for ever. */
const HANG_MS = 120_000;

const project = (name: string, include: string[], more: object = {}): object => ({
  test: {
    name,
    include,
    setupFiles: [join(import.meta.dirname, 'tools/lib/property-seed.ts')],
    testTimeout: HANG_MS,
    hookTimeout: HANG_MS,
    teardownTimeout: HANG_MS,
    ...more,
  },
});

/** A workspace with a build of its own: its tests see modules as that build does. */
const workspace = (name: string): object => ({
  ...(existsSync(`${name}/vite.config.ts`) ? { extends: `./${name}/vite.config.ts` } : {}),
  root: join(import.meta.dirname, name),
  ...project(name, ['src/**/*.test.{ts,tsx}']),
});

// eslint-disable-next-line import/no-default-export -- vitest reads the default export.
export default defineConfig({
  test: {
    // Two cores are what the smallest machine has; each file has a database of its own, so files may run together.
    maxWorkers: 2,
    projects: [
      project('contract', ['contract/{src,test}/**/*.test.ts']),
      project('server', ['server/{src,test}/**/*.test.ts'], {
        globalSetup: ['server/test/global-setup.ts'],
      }),
      workspace('web'),
      workspace('widget'),
      workspace('portal'),
      project('tools', ['tools/**/*.test.ts', 'bench/**/*.test.ts']),
      // Journeys start the whole product and a browser: one after the other, when the rest is done.
      project('e2e', ['e2e/**/*.test.ts'], {
        // A browser on a machine that does three things at once may miss a key; missing it twice is a fault.
        retry: 1,
        fileParallelism: false,
        sequence: { groupOrder: 1 },
      }),
    ],
  },
});
