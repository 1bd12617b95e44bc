import fc from 'fast-check';
import type { Locale, RouteSpec } from '@yingda/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractRoutes } from '../src/platform/http/openapi.ts';
import { inputFor, spoilt } from './fuzz/generate.ts';
import type { Known } from './fuzz/generate.ts';
import { addressOf, everybody, setStage } from './fuzz/stage.ts';
import type { Stage, Who } from './fuzz/stage.ts';
import { verdictOn } from './fuzz/verdict.ts';

// FUZZ_RUNS: inputs per route and kind; a longer hunt takes a seed of its own, which it prints.
const runs = Number(process.env['FUZZ_RUNS'] ?? 12);
const seed = Number(
  process.env['FUZZ_SEED'] ?? (process.env['FUZZ_RUNS'] ? Date.now() % 2 ** 31 : 20_260_501),
);

let stage: Stage;
const found: string[] = [];
const answeredWell = new Set<string>();

beforeAll(async () => {
  process.stdout.write(`fuzz: seed ${seed}, ${runs} runs\n`);
  stage = await setStage();
});
afterAll(() => {
  const never = contractRoutes().filter(([name]) => !answeredWell.has(name));
  process.stdout.write(`fuzz: never let in: ${never.map(([name]) => name).join(', ')}\n`);
});

type Input = { params: unknown; query: unknown; body: unknown; who: Who; locale: Locale };

function inputsOf(route: RouteSpec, known: Known) {
  const place = { known, name: /\/api\/([\w-]+)/.exec(route.path)?.[1] ?? '' };
  const good = {
    params: inputFor(route.params, place),
    query: inputFor(route.query, place),
    body: inputFor(route.body, place),
  };
  const caller = {
    who: fc.constantFrom(...likely(route), ...everybody),
    locale: fc.constantFrom<Locale>('zh-CN', 'en'),
  };
  const parts = (['params', 'query', 'body'] as const).filter((part) => route[part]);
  const valid = fc.record({ ...good, ...caller });
  const empty = fc.record({ ...good, ...caller, body: fc.constant({}) });
  const wrong = parts.map((part) => fc.record({ ...good, ...caller, [part]: spoilt(good[part]) }));
  return { valid, wrong: route.body ? [...wrong, empty] : wrong };
}

/** Who gets past the first guard, so that most input reaches what is behind it. */
function likely({ access }: RouteSpec): Who[] {
  if (access === 'public') return ['nobody'];
  return access === 'visitor'
    ? ['visitor', 'visitor', 'visitor', 'visitor']
    : ['administrator', 'administrator', 'administrator', 'key', 'agent'];
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 600 ? `${text.slice(0, 600)}… (${text.length})` : text;
}

type Footprint = Map<string, number>;

function changes(before: Footprint, after: Footprint): string {
  const changed = [...after].filter(([name, rows]) => before.get(name) !== rows);
  return changed.map(([name, rows]) => `${name} ${before.get(name)} → ${rows}`).join(', ');
}

async function send(route: RouteSpec, input: Input) {
  const { who, locale, body } = input;
  const answer = await stage.app.http?.inject({
    method: route.method,
    url: addressOf(route, input),
    headers: {
      ...stage.headersOf(who),
      'accept-language': locale,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  if (!answer) throw new Error('no doors');
  return answer;
}

/** What a refused request changed; a timer or a rule that had its turn meanwhile has none when it is sent again. */
async function changedBy(
  route: RouteSpec,
  input: Input,
  before: Footprint,
): Promise<{ changed: string; after: Footprint }> {
  const after = await stage.footprint();
  if (changes(before, after) === '') return { changed: '', after };
  const again = await send(route, input);
  const later = await stage.footprint();
  return { changed: again.statusCode < 400 ? '' : changes(after, later), after: later };
}

async function attempt(
  [name, route]: [string, RouteSpec],
  input: Input,
  before: Footprint,
): Promise<Footprint> {
  const { who, locale } = input;
  const answer = await send(route, input);
  const type = String(answer.headers['content-type'] ?? '');
  const faults = verdictOn(
    { status: answer.statusCode, type, body: answer.body },
    { locale, route },
  );
  const isRefused = answer.statusCode >= 400;
  if (!isRefused) answeredWell.add(name);
  const { changed, after } = isRefused
    ? await changedBy(route, input, before)
    : { changed: '', after: await stage.footprint() };
  if (changed !== '') faults.push(`refused (${answer.body}), but changed ${changed}`);
  for (const fault of faults)
    found.push(`${name} as ${who}: ${fault}\n  with ${shown({ ...input, who: undefined })}`);
  return after;
}

async function hunt(entry: [string, RouteSpec]): Promise<void> {
  await stage.renew();
  const { valid, wrong } = inputsOf(entry[1], await stage.known());
  const samples = [
    ...fc.sample(valid, { seed, numRuns: runs }),
    ...wrong.flatMap((spoiling) => fc.sample(spoiling, { seed, numRuns: runs * 2 })),
  ];
  let before = await stage.footprint();
  for (const input of samples) before = await attempt(entry, input as Input, before);
}

test.each(contractRoutes())(
  '%s answers any input with what the contract says or with a problem',
  async (name, route) => {
    found.length = 0;
    await hunt([name, route]);
    const health = await stage.app.http?.inject({ method: 'GET', url: '/health' });
    expect(health?.statusCode).toBe(200);
    expect(found.slice(0, 5).join('\n\n')).toBe('');
  },
);
