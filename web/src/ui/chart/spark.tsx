import type { ReactNode } from 'react';
import { sparkPath } from './spark-path.ts';
import './chart.css';

/** A small line without axes: how a value went. What is missing is a gap. The numbers stand elsewhere as text. */
export function Spark({
  values,
  width = 96,
  height = 28,
}: {
  values: readonly (number | null)[];
  width?: number;
  height?: number;
}): ReactNode {
  const { path, end } = sparkPath(values, width, height);
  if (path === '') return null;
  return (
    <svg className="yd-spark" width={width} height={height} aria-hidden>
      <path d={path} />
      {end && <circle cx={end.x} cy={end.y} r={2.5} />}
    </svg>
  );
}
