/** Ways between boxes as right-angled lines that go round other boxes and keep apart from each other. */

export interface Point {
  x: number;
  y: number;
}
export interface Box extends Point {
  width: number;
  height: number;
}
export interface Way {
  id: string;
  from: string;
  to: string;
  /** Room that its text takes. */
  label: { width: number; height: number };
}
export interface Route {
  points: Point[];
  /** Middle of its text. */
  label: Point;
}
type Side = 'top' | 'right' | 'bottom' | 'left';
type Segment = readonly [Point, Point];

const sides: readonly Side[] = ['bottom', 'right', 'left', 'top'];
const toward: Record<Side, Point> = {
  top: { x: 0, y: -1 },
  right: { x: 1, y: 0 },
  bottom: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
};
/** How far a way runs straight out before it turns: several, so that ways side by side keep apart. */
const stubs = [26, 44, 62] as const;

const isUpright = (side: Side): boolean => toward[side].x === 0;

/** The point of a side, `share` of the way along it. */
function anchor({ x, y, width, height }: Box, side: Side, share = 0.5): Point {
  if (side === 'top') return { x: x + width * share, y };
  if (side === 'bottom') return { x: x + width * share, y: y + height };
  return { x: side === 'left' ? x : x + width, y: y + height * share };
}

const moved = (point: Point, side: Side, by: number): Point => ({
  x: point.x + toward[side].x * by,
  y: point.y + toward[side].y * by,
});
/** x and y changed over, so that one rule does for both directions. */
const turned = ({ x, y }: Point): Point => ({ x: y, y: x });

/** Corners between the ends of two upright stubs. */
function uprightCorners(a: Point, b: Point, { from, to }: { from: Side; to: Side }): Point[] {
  const down = (side: Side): boolean => side === 'bottom' || side === 'right';
  if (from === to) {
    const y = down(from) ? Math.max(a.y, b.y) : Math.min(a.y, b.y);
    return [
      { x: a.x, y },
      { x: b.x, y },
    ];
  }
  const isOnward = down(from) ? b.y >= a.y : b.y <= a.y;
  if (isOnward) {
    const y = (a.y + b.y) / 2;
    return [
      { x: a.x, y },
      { x: b.x, y },
    ];
  }
  const x = (a.x + b.x) / 2;
  return [a, { x, y: a.y }, { x, y: b.y }, b];
}

/** Corners where one stub is upright and the other lies. */
function mixedCorners(a: Point, b: Point, { from, to }: { from: Side; to: Side }): Point[] {
  const corner = isUpright(from) ? { x: a.x, y: b.y } : { x: b.x, y: a.y };
  const leaves = (corner.x - a.x) * toward[from].x + (corner.y - a.y) * toward[from].y >= 0;
  const arrives = (corner.x - b.x) * toward[to].x + (corner.y - b.y) * toward[to].y >= 0;
  if (leaves && arrives) return [corner];
  const other = isUpright(from) ? { x: b.x, y: a.y } : { x: a.x, y: b.y };
  return [a, other, b];
}

/** Without points on the straight between their neighbours. */
function straightened(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last && last.x === point.x && last.y === point.y) continue;
    const before = kept.at(-2);
    const isStraight =
      before &&
      last &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y));
    if (isStraight) kept.pop();
    kept.push(point);
  }
  return kept;
}

interface Course {
  from: Side;
  to: Side;
  stub: number;
}

function lineOf(start: Point, end: Point, course: Course): Point[] {
  const { from, to, stub } = course;
  const [a, b] = [moved(start, from, stub), moved(end, to, stub)];
  if (isUpright(from) && isUpright(to)) {
    return straightened([start, ...uprightCorners(a, b, course), end]);
  }
  if (!isUpright(from) && !isUpright(to)) {
    return straightened([start, ...uprightCorners(turned(a), turned(b), course).map(turned), end]);
  }
  return straightened([start, ...mixedCorners(a, b, course), end]);
}

const segmentsOf = (points: readonly Point[]): Segment[] =>
  points.slice(1).map((point, at) => [points[at] ?? point, point]);

const lengthOf = ([a, b]: Segment): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

/** Whether a segment goes through a box or touches its rim nearer than `rim`. */
function crosses([a, b]: Segment, { x, y, width, height }: Box, rim: number): boolean {
  return (
    Math.max(a.x, b.x) > x - rim &&
    Math.min(a.x, b.x) < x + width + rim &&
    Math.max(a.y, b.y) > y - rim &&
    Math.min(a.y, b.y) < y + height + rim
  );
}

/** Lines nearer than this look like one. */
const apart = 17;

/** How much of two segments runs side by side too near, and whether they cross. */
function meeting(one: Segment, other: Segment): { shared: number; isCrossing: boolean } {
  const lies = ([a, b]: Segment): boolean => a.y === b.y;
  const [p, q] = lies(one) ? [one, other] : [one.map(turned), other.map(turned)];
  const [a, b, c, d] = [p[0], p[1], q[0], q[1]];
  if (!a || !b || !c || !d) return { shared: 0, isCrossing: false };
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  if (lies(one) === lies(other)) {
    if (Math.abs(a.y - c.y) >= apart) return { shared: 0, isCrossing: false };
    const shared = Math.min(right, Math.max(c.x, d.x)) - Math.max(left, Math.min(c.x, d.x));
    return { shared: Math.max(0, shared), isCrossing: false };
  }
  const isCrossing =
    c.x > left && c.x < right && a.y > Math.min(c.y, d.y) && a.y < Math.max(c.y, d.y);
  return { shared: 0, isCrossing };
}

interface Scene {
  boxes: ReadonlyMap<string, Box>;
  drawn: readonly Segment[];
}

/** How ugly a line is: long, bent, through boxes, over other lines. */
function costOf(way: Way, points: readonly Point[], { boxes, drawn }: Scene): number {
  const segments = segmentsOf(points);
  const inner = segments.map((segment, at): number => {
    const isEnd = at === 0 || at === segments.length - 1;
    let cost = lengthOf(segment);
    for (const [key, one] of boxes) {
      const isOwn = key === way.from || key === way.to;
      if (crosses(segment, one, isOwn ? -1 : 10)) cost += isOwn && isEnd ? 400 : 3000;
    }
    for (const other of drawn) {
      const { shared, isCrossing } = meeting(segment, other);
      if (isCrossing) cost += 90;
      if (shared > 8) cost += 80 + shared * 4;
    }
    return cost;
  });
  return inner.reduce((sum, cost) => sum + cost, 0) + (points.length - 2) * 45;
}

/** The best course of a way by the middles of the sides; downward is the usual one. */
function courseOf(way: Way, [from, to]: readonly [Box, Box], scene: Scene): Course {
  let best: Course = { from: 'bottom', to: 'top', stub: stubs[0] };
  let least = Infinity;
  for (const a of sides) {
    for (const b of sides) {
      for (const stub of stubs) {
        const course = { from: a, to: b, stub };
        const points = lineOf(anchor(from, a), anchor(to, b), course);
        const isUsual = a === 'bottom' && b === 'top';
        const cost = costOf(way, points, scene) - (isUsual ? 40 : 0) + stub / 10;
        if (cost < least) [best, least] = [course, cost];
      }
    }
  }
  return best;
}

interface Planned {
  way: Way;
  course: Course;
  boxes: readonly [Box, Box];
  points: Point[];
}

/** A share of the side for each way that begins or ends there, in the order in which they turn off. */
function spread(plans: readonly Planned[]): Map<string, number> {
  const ends = plans.flatMap(({ way, course, points }) => [
    { id: `${way.id} from`, at: `${way.from} ${course.from}`, side: course.from, points },
    {
      id: `${way.id} to`,
      at: `${way.to} ${course.to}`,
      side: course.to,
      points: points.toReversed(),
    },
  ]);
  const shares = new Map<string, number>();
  for (const [, group] of Map.groupBy(ends, ({ at }) => at)) {
    const keyed = group.map(({ id, side, points }) => {
      const [first, corner, beyond] = points.map((point) =>
        isUpright(side) ? point : turned(point),
      );
      const turn = first && corner && beyond ? Math.sign(beyond.x - corner.x) : 0;
      const depth = first && corner ? Math.abs(corner.y - first.y) : 0;
      return { id, turn, order: turn < 0 ? depth : -depth };
    });
    keyed
      .toSorted((a, b) => a.turn - b.turn || a.order - b.order)
      .forEach(({ id }, at) => shares.set(id, (at + 1) / (keyed.length + 1)));
  }
  return shares;
}

/** Two anchors that nearly face each other, made to: a line straight down beats one with a kink. */
function facing(start: Point, end: Point, { from, to }: Course): [Point, Point] {
  if (isUpright(from) !== isUpright(to) || from === to) return [start, end];
  const [a, b] = isUpright(from) ? [start, end] : [turned(start), turned(end)];
  if (Math.abs(a.x - b.x) > 40) return [start, end];
  const x = (a.x + b.x) / 2;
  const pair = [
    { x, y: a.y },
    { x, y: b.y },
  ] as const;
  return isUpright(from) ? [...pair] : [turned(pair[0]), turned(pair[1])];
}

/** Where the text of a way stands: on a long piece that is free of boxes, other texts and, if it can be, other lines. */
function labelOf(
  { way, points }: Planned,
  { taken, others }: { taken: readonly Box[]; others: readonly Segment[] },
): { label: Point; room: Box } {
  const { width, height } = way.label;
  const pieces = segmentsOf(points).toSorted((a, b) => lengthOf(b) - lengthOf(a));
  const places = pieces.flatMap(([a, b]) =>
    [0.5, 0.3, 0.7, 0.15, 0.85].map((share) => ({
      x: a.x + (b.x - a.x) * share,
      y: a.y + (b.y - a.y) * share,
    })),
  );
  const roomAt = ({ x, y }: Point): Box => ({ x: x - width / 2, y: y - height / 2, width, height });
  const isFree = (place: Point): boolean => {
    const room = roomAt(place);
    const across: Segment = [
      { x: room.x, y: room.y },
      { x: room.x + width, y: room.y + height },
    ];
    return taken.every((other) => !crosses(across, other, 2));
  };
  const free = places.filter(isFree);
  const alone = free.find((place) => !others.some((line) => crosses(line, roomAt(place), 3)));
  const label = alone ?? free[0] ?? places[0] ?? { x: 0, y: 0 };
  return { label, room: roomAt(label) };
}

/** A line and a place for its text for every way whose boxes are known. */
export function routesOf(
  boxes: ReadonlyMap<string, Box>,
  ways: readonly Way[],
): Map<string, Route> {
  const drawn: Segment[] = [];
  const span = ({ from, to }: Way): number => {
    const [a, b] = [boxes.get(from), boxes.get(to)];
    // Ways forward are drawn first and get the straight lines; those back go round them.
    return a && b ? Math.abs(a.x - b.x) + Math.abs(a.y - b.y) + (b.y < a.y ? 10_000 : 0) : 0;
  };
  const plans = ways
    .toSorted((a, b) => span(a) - span(b))
    .flatMap((way): Planned[] => {
      const [from, to] = [boxes.get(way.from), boxes.get(way.to)];
      if (!from || !to) return [];
      const course = courseOf(way, [from, to], { boxes, drawn });
      const points = lineOf(anchor(from, course.from), anchor(to, course.to), course);
      // What runs together at the boxes themselves is spread out afterwards.
      drawn.push(...segmentsOf(points));
      return [{ way, course, boxes: [from, to], points }];
    });
  const shares = spread(plans);
  const lined = plans.map((plan): Planned => {
    const { way, course } = plan;
    const start = anchor(plan.boxes[0], course.from, shares.get(`${way.id} from`));
    const end = anchor(plan.boxes[1], course.to, shares.get(`${way.id} to`));
    return { ...plan, points: lineOf(...facing(start, end, course), course) };
  });
  const taken: Box[] = [...boxes.values()];
  return new Map(
    lined.map((plan) => {
      const others = lined
        .filter((other) => other !== plan)
        .flatMap((other) => segmentsOf(other.points));
      const { label, room } = labelOf(plan, { taken, others });
      taken.push(room);
      return [plan.way.id, { points: plan.points, label }];
    }),
  );
}

/** The line as an SVG path with rounded corners. */
export function pathOf(points: readonly Point[], radius = 10): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const toPoint = (from: Point, to: Point, by: number): Point => {
    const length = lengthOf([from, to]) || 1;
    const share = Math.min(by, length / 2) / length;
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  };
  const pieces = rest.map((corner, at) => {
    const before = points[at] ?? first;
    const after = rest[at + 1];
    if (!after) return `L ${corner.x} ${corner.y}`;
    const [a, b] = [toPoint(corner, before, radius), toPoint(corner, after, radius)];
    return `L ${a.x} ${a.y} Q ${corner.x} ${corner.y} ${b.x} ${b.y}`;
  });
  return [`M ${first.x} ${first.y}`, ...pieces].join(' ');
}
