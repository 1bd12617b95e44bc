import { readTime } from './times.ts';
import type { ToUtc } from './zone.ts';

/** An instant as telephone systems write it: `2026-11-23 14:05:06`, epoch seconds (with a fraction) or microseconds. */
export function instantOf(text: string | undefined, toUtc: ToUtc): number | null {
  const given = text?.trim() ?? '';
  if (given === '' || given === '0') return null;
  for (const format of ['iso', 'epoch_s', 'epoch_us', 'epoch_ms'] as const) {
    const read = readTime(format, given);
    if (read) return read.kind === 'local' ? toUtc(read.ms) : read.ms;
  }
  return null;
}

/** A channel's technology and address without the number of this one call: `SIP/101-0000a` is `SIP/101`. */
export const deviceOf = (channel: string): string => channel.replace(/-[0-9a-f]{4,}(?:;\d)?$/i, '');

/** A reader of named fields: by the header's names, or by the places a system writes them at. */
export function fieldReader(header: readonly string[] | null, places: readonly string[]) {
  const names = (header ?? places).map((name) => name.trim().toLowerCase());
  const at = new Map(names.map((name, index) => [name, index]));
  return (fields: readonly string[], ...wanted: string[]): string => {
    for (const name of wanted) {
      const place = at.get(name);
      if (place !== undefined) return fields[place] ?? '';
    }
    return '';
  };
}

/** A group of rows that belong together, for as long as more of it may come. */
export function lingering<T>(options: {
  lingerMs: number;
  most: number;
  give: (key: string, value: T) => void;
}) {
  const { lingerMs, most, give } = options;
  const open = new Map<string, { value: T; lastAt: number }>();
  let now = 0;
  let untilSweep = 500;
  const sweep = (): void => {
    for (const [key, { value, lastAt }] of open) {
      if (now - lastAt <= lingerMs && open.size <= most) continue;
      open.delete(key);
      give(key, value);
    }
  };
  return {
    /** The group of a key, made when it is new. */
    at(key: string, at: number, make: () => T): T {
      now = Math.max(now, at);
      untilSweep -= 1;
      if (untilSweep <= 0) {
        untilSweep = 500;
        sweep();
      }
      const known = open.get(key);
      if (known) {
        known.lastAt = Math.max(known.lastAt, at);
        return known.value;
      }
      const value = make();
      open.set(key, { value, lastAt: at });
      return value;
    },
    /** The group is whole. */
    end(key: string): void {
      const known = open.get(key);
      open.delete(key);
      if (known) give(key, known.value);
    },
    endAll(): void {
      for (const [key, { value }] of open) give(key, value);
      open.clear();
    },
  };
}
