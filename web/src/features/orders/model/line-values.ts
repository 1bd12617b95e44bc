import type { OrderLine, Wording } from '@yingda/contract';

/** How the values of a line read in the language of the page. */
export interface LineWords {
  say: (wording: Wording) => string;
  field: (key: string) => string;
  /** A key of a list of words: `rung` `lead`, `link` `parent`. */
  word: (group: string, key: string) => string;
  time: (at: string) => string;
  span: (minutes: number) => string;
  comma: string;
}

const isWording = (value: unknown): value is Wording =>
  typeof value === 'object' && value !== null && 'zh-CN' in value && 'en' in value;
const isTime = (value: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value);

/** Groups of words that values are keys of, by the name of the value. */
const groups: Record<string, string> = {
  to: 'rung',
  kind: 'link',
  reason: 'pauseReason',
  result: 'callResult',
};

function valueOf(name: string, value: unknown, words: LineWords): unknown {
  if (isWording(value)) return words.say(value);
  if (name === 'minutes' && typeof value === 'number') return words.span(value);
  if (Array.isArray(value)) {
    const keys = value.filter((one) => typeof one === 'string');
    const group = groups[name];
    return keys
      .map((key) => (group === undefined ? words.field(key) : words.word(group, key)))
      .join(words.comma);
  }
  if (typeof value !== 'string') return value;
  if (isTime(value)) return words.time(value);
  const group = groups[name];
  return group === undefined ? value : words.word(group, value);
}

/** The data of a line as values for its text. */
export function lineValues(
  { data }: Pick<OrderLine, 'data'>,
  words: LineWords,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, valueOf(name, value, words)]),
  );
}

/** Which text of its kind a line takes, where a kind has several. */
export function lineKey({ kind, data }: Pick<OrderLine, 'kind' | 'data'>): string {
  if (kind === 'merged') return data['into'] === true ? 'merged_into' : 'merged_from';
  if (kind === 'taken' && data['name'] == null) {
    return typeof data['left'] === 'string' ? 'taken_left' : 'taken_back';
  }
  if ((kind === 'checked' || kind === 'task_done') && data['done'] === false)
    return `${kind}_undone`;
  if (kind === 'moved' && data['effect'] === 'not_solved') return 'moved_not_solved';
  return kind;
}
