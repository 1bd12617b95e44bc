import type { ReactNode } from 'react';
import { bandGeometry } from './band-geometry.ts';
import type { Band } from './band-geometry.ts';
import './chart.css';

const at = (share: number): string => `${(share * 100).toFixed(2)}%`;
/** Labels nearer to an edge than this hang on it instead of leaving the bar. */
const edge = 0.12;

function Label({ share, children }: { share: number; children: ReactNode }): ReactNode {
  const style =
    share > 1 - edge
      ? { right: at(1 - share) }
      : share < edge
        ? { left: at(share) }
        : { left: at(share), transform: 'translateX(-50%)' };
  return (
    <span className="yd-band-label" style={style}>
      {children}
    </span>
  );
}

/** The recommended range as a shade, the norm as a dashed tick, the value as a mark. `label` says all that in words. */
export function BandBar({
  value,
  band,
  limit,
  state,
  label,
  format,
}: {
  value: number | null;
  band: Band;
  /** No value is greater: 100 for per cent. */
  limit: number | null;
  state: 'good' | 'near' | 'out' | 'watch' | 'none';
  label: string;
  format: (value: number) => string;
}): ReactNode {
  const geometry = bandGeometry(value, band, limit);
  if (!geometry) return null;
  const { from, to, norm } = geometry;
  return (
    <div className="yd-band" role="img" aria-label={label} title={label}>
      <span className="yd-band-track" />
      <span
        className="yd-band-range"
        style={{ left: at(from), width: at(Math.max(0, to - from)) }}
      />
      {norm !== null && <span className="yd-band-norm" style={{ left: at(norm) }} />}
      {geometry.value !== null && (
        <span className={`yd-band-value is-${state}`} style={{ left: at(geometry.value) }} />
      )}
      {band.low !== null && from > 0 && <Label share={from}>{format(band.low)}</Label>}
      {band.high !== null && to < 1 && to - from > 0.18 && (
        <Label share={to}>{format(band.high)}</Label>
      )}
    </div>
  );
}
