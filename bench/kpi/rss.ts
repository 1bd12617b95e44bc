import { readdirSync, readFileSync } from 'node:fs';

type Process = { pid: number; parent: number; command: string };

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent, command }];
      } catch {
        return [];
      }
    });
}

function residentMb(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Memory in MB of the process that reads an import's file: a child of the product, or the product itself. */
export function importerMb(product: number): number {
  const children = processes().filter(
    ({ parent, command }) => parent === product && /\bnode\b/.test(command),
  );
  const sizes = children.map(({ pid }) => residentMb(pid));
  return Math.round(sizes.length > 0 ? Math.max(...sizes) : residentMb(product));
}
