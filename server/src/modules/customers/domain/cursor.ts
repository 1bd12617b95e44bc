import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';

/** Where the next page of the list begins: the activity (to the microsecond) and id of the last customer shown. */
export type Place = { activity: string; id: string };

const Stored = z.tuple([
  z.iso.datetime().refine((text) => /^(19|2\d)\d\d-/.test(text) && !Number.isNaN(Date.parse(text))),
  z.uuid(),
]);

export function encodePlace({ activity, id }: Place): string {
  return Buffer.from(JSON.stringify([activity, id])).toString('base64url');
}

/** The place a cursor stands for; undefined for the first page. Throws `request.malformed` for one that is not ours. */
export function decodePlace(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [activity, id] = Stored.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
    return { activity, id };
  } catch (cause) {
    throw new Problem('request.malformed', { cause });
  }
}
