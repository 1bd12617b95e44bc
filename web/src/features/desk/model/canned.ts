import type { CannedView } from '@yingda/contract';

/** Values of the variables of a canned reply; an unknown one is null. */
export type CannedValues = Readonly<Record<string, string | null | undefined>>;

const variable = /\{\{\s*([\w.]+)\s*\}\}/g;

/**
 * The text with `{{customer.name}}` and its like filled in. A variable without a value stays as it is written,
 * so that the agent sees what is missing instead of sending a hole.
 */
export function expandCanned(text: string, values: CannedValues): string {
  return text.replace(variable, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : null;
    return value ?? whole;
  });
}

/** Names of the variables left unfilled in a text about to be sent. */
export function unfilled(text: string): string[] {
  return [...new Set([...text.matchAll(variable)].map((match) => match[1] ?? ''))];
}

/** Smaller is better; null is no match. */
function rank(reply: CannedView, words: string): number | null {
  const shortcut = reply.shortcut.toLowerCase();
  const title = reply.title.toLowerCase();
  if (shortcut === words) return 0;
  if (shortcut.startsWith(words)) return 1;
  if (title.startsWith(words)) return 2;
  if (shortcut.includes(words) || title.includes(words)) return 3;
  return reply.text.toLowerCase().includes(words) ? 4 : null;
}

/** The replies that fit what was typed after `/`, best first; among equals the most used. */
export function findCanned(replies: readonly CannedView[], typed: string): CannedView[] {
  const words = typed.trim().toLowerCase();
  return replies
    .flatMap((reply) => {
      const place = rank(reply, words);
      return place === null ? [] : [{ reply, place }];
    })
    .toSorted((a, b) => a.place - b.place || b.reply.uses - a.reply.uses)
    .map(({ reply }) => reply);
}
