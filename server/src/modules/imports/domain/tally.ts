import type { ImportNotice } from '@yingda/contract';
import type { ForeignContact, Row } from './model.ts';
import { ownText } from './model.ts';

export type NoticeKind = 'leftOut' | 'errors' | 'traps';
type Params = Record<string, string | number>;

const PLACES = 5;
const PLACE_TEXT = 200;
/** Different notices of a kind that are told apart; the rest is counted together. */
const MAX_NOTICES = 60;

export type Counted = {
  rows: number;
  contacts: number;
  outcomes: Record<'answered' | 'abandoned' | 'blocked' | 'selfServed' | 'open', number>;
  fromMs: number | null;
  toMs: number | null;
};

const outcomeNames = {
  answered: 'answered',
  abandoned: 'abandoned',
  blocked: 'blocked',
  self_served: 'selfServed',
  open: 'open',
} as const;

/** Counts what was met while reading, with the first places of each; it never grows with the file. */
export type Tally = ReturnType<typeof createTally>;

export function createTally() {
  const kinds: Record<NoticeKind, Map<string, ImportNotice>> = {
    leftOut: new Map(),
    errors: new Map(),
    traps: new Map(),
  };
  const counted: Counted = {
    rows: 0,
    contacts: 0,
    outcomes: { answered: 0, abandoned: 0, blocked: 0, selfServed: 0, open: 0 },
    fromMs: null,
    toMs: null,
  };
  const note = (kind: NoticeKind, code: string, row: Row | null, params: Params = {}): void => {
    const known = kinds[kind];
    const tellsApart = Object.values(params).join('\u0000');
    let id = tellsApart === '' ? code : `${code}\u0000${tellsApart}`;
    if (!known.has(id) && known.size >= MAX_NOTICES) {
      id = code;
      params = {};
    }
    let notice = known.get(id);
    if (!notice) {
      const kept = Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'string' ? ownText(value.slice(0, PLACE_TEXT)) : value,
      ]);
      notice = { code, params: Object.fromEntries(kept), count: 0, places: [] };
      known.set(id, notice);
    }
    notice.count += 1;
    if (!row || notice.places.length >= PLACES) return;
    const text = ownText(row.fields.join(' ').slice(0, PLACE_TEXT).toWellFormed());
    notice.places.push({ file: row.file, line: row.line, text: text.replaceAll('\u0000', '') });
  };
  return {
    counted,
    leftOut: (code: string, row: Row | null, params?: Params) => note('leftOut', code, row, params),
    error: (code: string, row: Row | null, params?: Params) => note('errors', code, row, params),
    trap: (code: string, row: Row | null, params?: Params) => note('traps', code, row, params),
    contact({ arrivedAt, outcome }: ForeignContact): void {
      counted.contacts += 1;
      counted.outcomes[outcomeNames[outcome]] += 1;
      if (counted.fromMs === null || arrivedAt < counted.fromMs) counted.fromMs = arrivedAt;
      if (counted.toMs === null || arrivedAt > counted.toMs) counted.toMs = arrivedAt;
    },
    notices: (kind: NoticeKind): ImportNotice[] =>
      [...kinds[kind].values()].toSorted((a, b) => b.count - a.count),
    errorCount: (): number => [...kinds.errors.values()].reduce((sum, { count }) => sum + count, 0),
  };
}
