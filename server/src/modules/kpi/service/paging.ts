import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';

/** The place in a list where the next page begins, as text that clients hand back. */
export function encodePlace(place: unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place a cursor stands for; undefined for the first page. Throws `request.malformed` for one that is not ours. */
export function decodePlace<T>(cursor: string | undefined, schema: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new Problem('request.malformed', { cause });
  }
}
