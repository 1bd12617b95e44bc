/** Lets whoever waits for the thread have it. */
const others = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Milliseconds after which long work lets others have the thread. */
const TURN_MS = 4;

/** Gives turns away: awaited between the pieces of long work, it returns at once until this has gone on for long. */
export function turns(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < TURN_MS) return undefined;
    return others().then(() => {
      since = performance.now();
    });
  };
}

/** `items.map`, while others have their turns. */
export async function mapGently<T, R>(items: readonly T[], of: (item: T) => R): Promise<R[]> {
  const turn = turns();
  const results: R[] = [];
  for (const item of items) {
    results.push(of(item));
    await turn();
  }
  return results;
}

/** How deep objects are taken apart: what lies deeper is small. */
const DEEP = 4;

const isSmall = (value: unknown, depth: number): boolean =>
  typeof value !== 'object' || value === null || depth >= DEEP || value instanceof Date;

function* pieces(value: unknown, depth = 0): Generator<string> {
  if (isSmall(value, depth)) {
    yield JSON.stringify(value) ?? 'null';
  } else if (Array.isArray(value)) {
    yield* joined(
      value.map((item) => ({ name: '', item })),
      '[]',
      depth,
    );
  } else {
    const parts = Object.entries(value as object).filter(([, item]) => item !== undefined);
    yield* joined(
      parts.map(([name, item]) => ({ name: `${JSON.stringify(name)}:`, item })),
      '{}',
      depth,
    );
  }
}

function* joined(
  parts: { name: string; item: unknown }[],
  brackets: '[]' | '{}',
  depth: number,
): Generator<string> {
  yield brackets.charAt(0);
  for (const [at, { name, item }] of parts.entries()) {
    yield at === 0 ? name : `,${name}`;
    yield* pieces(item, depth + 1);
  }
  yield brackets.charAt(1);
}

/** `JSON.stringify` of a large answer, while others have their turns. */
export async function jsonGently(value: object): Promise<string> {
  const turn = turns();
  let text = '';
  for (const piece of pieces(value)) {
    text += piece;
    await turn();
  }
  return text;
}
