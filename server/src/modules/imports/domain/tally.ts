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

function owned(params: Params): Params {
  const kept = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' ? ownText(value.slice(0, PLACE_TEXT)) : value,
  ]);
  return Object.fromEntries(kept) as Params;
}

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
  /** The notice of this code and these values; beyond a number of them, that of the code alone. */
  const noticeOf = (
    known: Map<string, ImportNotice>,
    code: string,
    given: Params,
  ): ImportNotice => {
    const tellsApart = Object.values(given).join('\u0000');
    const id = tellsApart === '' ? code : `${code}\u0000${tellsApart}`;
    const found = known.get(id);
    if (found) return found;
    const isFull = known.size >= MAX_NOTICES;
    const params = isFull ? {} : owned(given);
    const made = (isFull && known.get(code)) || { code, params, count: 0, places: [] };
    known.set(isFull ? code : ownText(id), made);
    return made;
  };
  const note =
    (kind: NoticeKind) =>
    (code: string, row: Row | null, params: Params = {}) => {
      const notice = noticeOf(kinds[kind], code, params);
      notice.count += 1;
      if (!row || notice.places.length >= PLACES) return;
      const text = ownText(row.fields.join(' ').slice(0, PLACE_TEXT).toWellFormed());
      notice.places.push({ file: row.file, line: row.line, text: text.replaceAll('\u0000', '') });
    };
  let headerOf: string | null = null;
  return {
    counted,
    /** A row of column names: no row of data where a file begins, left out where it comes again. */
    header(row: Row): void {
      if (row.file === headerOf) note('leftOut')('repeated_header', row);
      else counted.rows -= 1;
      headerOf = row.file;
    },
    nuls(count: number, file: string): void {
      noticeOf(kinds.traps, 'nul_dropped', { file }).count += count;
    },
    leftOut: note('leftOut'),
    error: note('errors'),
    trap: note('traps'),
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
