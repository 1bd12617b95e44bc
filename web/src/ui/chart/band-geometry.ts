/** A recommended range with the norm of the trade; null: open on that side. */
export interface Band {
  low: number | null;
  high: number | null;
  norm: number | null;
}
export interface BandGeometry {
  /** Shares of the width, 0 to 1. */
  from: number;
  to: number;
  norm: number | null;
  value: number | null;
  /** What the ends of the bar stand for. */
  min: number;
  max: number;
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share));

/** The span of values worth showing: band and norm in the middle, the value always inside. */
export function bandSpan(
  value: number | null,
  { low, high, norm }: Band,
  limit: number | null,
): { min: number; max: number } {
  const marks = [low, high, norm].filter((mark) => mark !== null);
  const [least, most] = [Math.min(...marks), Math.max(...marks)];
  const reach = Math.max(most - least, most * 0.5, 1e-9);
  const isPercentNearTop = limit !== null && low !== null && high === null;
  const low0 = isPercentNearTop
    ? Math.max(0, least - (limit - least) * 2)
    : Math.max(0, least - reach);
  const high0 = isPercentNearTop ? limit : most + reach;
  const min = value === null ? low0 : Math.min(low0, value);
  const max = value === null ? high0 : Math.max(high0, value);
  return { min, max: limit === null ? max : Math.min(limit, max) };
}

/**
 * Where band, norm and value lie on a bar. `limit`: no value is greater (100 for per cent). Null without any mark:
 * then there is nothing to draw.
 */
export function bandGeometry(
  value: number | null,
  band: Band,
  limit: number | null = null,
): BandGeometry | null {
  if (band.low === null && band.high === null && band.norm === null) return null;
  const { min, max } = bandSpan(value, band, limit);
  const share = (mark: number): number => clamp(max === min ? 0.5 : (mark - min) / (max - min));
  const hasRange = band.low !== null || band.high !== null;
  return {
    from: band.low === null ? 0 : share(band.low),
    to: !hasRange ? 0 : band.high === null ? 1 : share(band.high),
    norm: band.norm === null ? null : share(band.norm),
    value: value === null ? null : share(value),
    min,
    max,
  };
}

/** Ends of the y axis that show all values and, as far as it does not flatten them, band and norm. */
export function axisSpan(
  values: readonly (number | null)[],
  band: Band | undefined,
  limit: number | null,
): { min: number; max: number } {
  const known = values.filter((value) => value !== null);
  const marks = band ? [band.low, band.high, band.norm].filter((mark) => mark !== null) : [];
  const all = [...known, ...marks];
  if (all.length === 0) return { min: 0, max: limit ?? 1 };
  const most = Math.max(...all);
  const least = Math.min(...all);
  const room = Math.max((most - least) * 0.1, most * 0.02, 0.1);
  const grain = least > 90 ? 5 : 10;
  // A scale that starts at 0 is honest; only shares near 100 would be a flat line on it.
  const min = limit !== null && least > limit / 2 ? Math.floor((least - room) / grain) * grain : 0;
  const top = most + room;
  return { min: Math.max(0, min), max: limit === null ? top : Math.min(limit, top) };
}
