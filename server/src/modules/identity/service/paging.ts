import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';

export type Page<T> = { items: T[]; nextCursor: string | null };

const Cursor = z.array(z.string()).nonempty();

/** The place in a list where the next page begins: the sort keys of the last item shown, its id last. */
export function encodeCursor(keys: string[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/** The keys of a cursor; undefined for the first page. Throws `request.malformed` for one that is not ours. */
export function decodeCursor(cursor: string | undefined, length: number): string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const keys = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    const isId = z.uuid().safeParse(keys.at(-1)).success;
    if (keys.length === length && isId && !keys.some((key) => key.includes('\u0000'))) return keys;
  } catch {
    // Falls through: whatever it was, it is no cursor.
  }
  throw new Problem('request.malformed');
}
