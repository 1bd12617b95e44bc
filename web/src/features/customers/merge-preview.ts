import type { CustomerView } from '@yingda/contract';

type Part = Pick<CustomerView, 'identities' | 'tags' | 'fields'>;

export interface Moves {
  identities: number;
  tags: number;
  fields: number;
}

/** How much of `from` is new to `into`: all identities, tags it lacks, fields that are empty there. */
export function movesOf(from: Part, into: Part): Moves {
  const isEmpty = (value: unknown): boolean => value === undefined || value === null;
  return {
    identities: from.identities.length,
    tags: from.tags.filter((tag) => !into.tags.includes(tag)).length,
    fields: Object.entries(from.fields).filter(
      ([key, value]) => !isEmpty(value) && isEmpty(into.fields[key]),
    ).length,
  };
}
