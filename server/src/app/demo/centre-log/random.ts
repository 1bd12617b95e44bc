/** Pseudo-random draws that are the same for the same seed on every machine. */
export type Draws = {
  /** From 0 to just below 1. */
  next(): number;
  /** With this mean, as the time until something happens that may happen at any moment. */
  exponential(mean: number): number;
  /** With this mean; `spread` is the deviation of the logarithm. */
  lognormal(mean: number, spread: number): number;
  /** With a shape below 1 many give up early and few wait very long. */
  weibull(scale: number, shape: number): number;
};

/** A whole number below 2³² that has nothing in common with that of its neighbours. */
export function mix(seed: number, index: number): number {
  let hash = Math.imul(seed ^ Math.imul(index, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export function drawsOf(seed: number): Draws {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
  const above0 = (): number => 1 - next();
  const normal = (): number => Math.sqrt(-2 * Math.log(above0())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    exponential: (mean) => -mean * Math.log(above0()),
    lognormal: (mean, spread) => mean * Math.exp(spread * normal() - (spread * spread) / 2),
    weibull: (scale, shape) => scale * (-Math.log(above0())) ** (1 / shape),
  };
}

/** Picks an index by shares that need not add up to 1. */
export function picker(shares: readonly number[]): (draw: number) => number {
  let total = 0;
  const sums = shares.map((share) => (total += share));
  return (draw) => {
    const at = draw * total;
    for (let index = 0; index < sums.length; index += 1) if (at < (sums[index] ?? 0)) return index;
    return sums.length - 1;
  };
}
