import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';

/** Where a page ends: the time by which the list is ordered, and the id beside it. */
export type Place = { at: string; id: string };

const Stored = z.tuple([z.union([z.literal('infinity'), z.iso.datetime()]), z.uuid()]);

/** Throws `request.malformed` for a cursor that we did not give. */
export function decodePlace(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  try {
    const [at, id] = Stored.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { at, id };
  } catch (cause) {
    throw new Problem('request.malformed', { cause });
  }
}

export const encodePlace = ({ at, id }: Place): string =>
  Buffer.from(JSON.stringify([at, id])).toString('base64url');
