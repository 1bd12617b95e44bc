import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

type Spent = { parent: number; ms: number; title: string };

/** What each process has spent so far, with what its ended children had. */
function allSpent(): Map<number, Spent> {
  const spent = new Map<number, Spent>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const title = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      spent.set(Number(name), { parent: Number(fields[1]), ms: ticks * TICK_MS, title });
    } catch {
      // Gone in the meantime.
    }
  }
  return spent;
}

export type CpuMs = { product: number; database: number; load: number };

/**
 * CPU time so far: of the product's process, of the database's processes below it, and of this one. On a machine that
 * others use it says more than a clock. Linux only.
 */
export function cpuMs(productPid: number): CpuMs {
  const spent = allSpent();
  const below = (pid: number): boolean => {
    for (let one = spent.get(pid); one; one = spent.get(one.parent)) {
      if (one.parent === productPid) return true;
    }
    return false;
  };
  let database = 0;
  for (const [pid, { ms }] of spent) if (below(pid)) database += ms;
  const { user, system } = process.cpuUsage();
  return { product: spent.get(productPid)?.ms ?? 0, database, load: (user + system) / 1000 };
}

/** CPU milliseconds spent between two readings for each of so many deeds. */
export function cpuEach(before: CpuMs, after: CpuMs, deeds: number): CpuMs {
  const each = (name: keyof CpuMs): number =>
    Math.round(((after[name] - before[name]) / deeds) * 100) / 100;
  return { product: each('product'), database: each('database'), load: each('load') };
}
