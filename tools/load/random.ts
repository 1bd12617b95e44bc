/** Pseudo-random numbers that are the same for the same seed on every machine. */
export type Random = {
  /** From 0 to just below 1. */
  next(): number;
  /** A whole number from 0 to `below - 1`. */
  int(below: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly [T, ...T[]]): T;
};

/** Mixes two numbers into one of 32 bits (the finaliser of MurmurHash3), so that neighbours have nothing in common. */
export function mix(seed: number, index: number): number {
  let hash = Math.imul(seed ^ Math.imul(index, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The generator of a seed (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return {
    next,
    int,
    chance: (share) => next() < share,
    pick: (list) => list[int(list.length)] ?? list[0],
  };
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** Kinds of rows, so that ids of one instant never meet. */
export const idKinds = {
  customer: 1,
  identity: 2,
  contact: 3,
  conversation: 4,
  message: 5,
  event: 6,
  order: 7,
  visit: 8,
  line: 9,
  callback: 10,
} as const;

/** A uuid of version 7 for the row of a kind with this number: the same each time, and unlike any other. */
export function idOf(kind: keyof typeof idKinds, at: number, index: number): string {
  const time = hex(at, 12);
  const tail = hex(index, 12);
  const noise = mix(idKinds[kind], index);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(noise & 0xfff, 3)}-8${hex(idKinds[kind], 1)}${hex(noise >>> 24, 2)}-${tail}`;
}
