interface Point {
  x: number;
  y: number;
}

const margin = 3;
const round = (value: number): number => Math.round(value * 10) / 10;

/** The drawing of a row of values in a box; a missing one breaks the line, and alone between gaps it is a dot. */
export function sparkPath(
  values: readonly (number | null)[],
  width: number,
  height: number,
): { path: string; end: Point | null } {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return { path: '', end: null };
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const at = (value: number, index: number): Point => ({
    x: round(margin + (index / Math.max(1, values.length - 1)) * (width - 2 * margin)),
    y: round(
      most === least
        ? height / 2
        : height - margin - ((value - least) / (most - least)) * (height - 2 * margin),
    ),
  });
  let path = '';
  let end: Point | null = null;
  let isDrawing = false;
  values.forEach((value, index) => {
    if (value === null) {
      isDrawing = false;
      return;
    }
    end = at(value, index);
    const isAlone = !isDrawing && (values[index + 1] ?? null) === null;
    path += `${isDrawing ? 'L' : 'M'}${end.x} ${end.y}${isAlone ? 'h0' : ''}`;
    isDrawing = true;
  });
  return { path, end };
}
