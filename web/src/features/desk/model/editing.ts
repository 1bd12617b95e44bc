/** A text field's content with its selection. */
export interface Editing {
  text: string;
  start: number;
  end: number;
}

/** What stands before the caret and opens a list: `/wel` for canned replies, `@li` for colleagues. */
export interface Trigger {
  sign: '/' | '@';
  typed: string;
  from: number;
}

/**
 * The trigger the caret stands in, or null. `/` counts at the start of a line only (so that "and/or" and addresses
 * stay text), `@` after a space or at the start (so that e-mail addresses do).
 */
export function triggerAt({ text, start, end }: Editing): Trigger | null {
  if (start !== end) return null;
  const before = text.slice(0, start);
  const slash = /(?:^|\n)\/([^\s/]{0,40})$/u.exec(before);
  if (slash) return { sign: '/', typed: slash[1] ?? '', from: start - (slash[1] ?? '').length - 1 };
  const at = /(?:^|[\s,.;:!?，。；：！？、（(])@([^\s@]{0,40})$/u.exec(before);
  if (at) return { sign: '@', typed: at[1] ?? '', from: start - (at[1] ?? '').length - 1 };
  return null;
}

/** The field after `insert` took the place of what lies between `from` and the caret. */
export function replaced(editing: Editing, from: number, insert: string): Editing {
  const text = editing.text.slice(0, from) + insert + editing.text.slice(editing.end);
  const caret = from + insert.length;
  return { text, start: caret, end: caret };
}

/** The field after something was typed or picked at the caret. */
export function inserted(editing: Editing, insert: string): Editing {
  return replaced(editing, editing.start, insert);
}

interface Person {
  id: string;
  name: string;
}

/** Colleagues whose name stands in the text behind an `@`; the longest name wins where one begins another. */
export function mentionsIn(text: string, people: readonly Person[]): string[] {
  const longestFirst = people.toSorted((a, b) => b.name.length - a.name.length);
  const found = new Set<string>();
  for (const match of text.matchAll(/@/g)) {
    const rest = text.slice(match.index + 1);
    const person = longestFirst.find(({ name }) => name !== '' && rest.startsWith(name));
    if (person) found.add(person.id);
  }
  return [...found];
}

/** Pieces of a note: plain text, and names of people behind an `@`. */
export function splitMentions(
  text: string,
  names: readonly string[],
): { text: string; mention: boolean }[] {
  const escaped = names
    .filter((name) => name !== '')
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (escaped.length === 0) return [{ text, mention: false }];
  return text
    .split(new RegExp(`(@(?:${escaped.join('|')}))`, 'u'))
    .map((piece, index) => ({ text: piece, mention: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

export interface KeyLike {
  key: string;
  keyCode: number;
  isComposing: boolean;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

/**
 * What Enter means in the composer. While an input method composes it belongs to the input method: `isComposing`
 * says so, and key code 229 does where Safari ends the composition before the key arrives.
 */
export function enterMeans(press: KeyLike): 'send' | 'newline' | null {
  if (press.key !== 'Enter' || press.isComposing || press.keyCode === 229) return null;
  if (press.ctrlKey || press.metaKey) return 'send';
  return press.shiftKey || press.altKey ? 'newline' : 'send';
}

/** Characters as a reader counts them would split emoji; the limit of the server counts UTF-16 units, so this does too. */
export function charactersLeft(text: string, limit: number): number {
  return limit - text.length;
}
