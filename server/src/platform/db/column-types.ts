import type { ColumnType } from 'kysely';

/** bigint: read as a number (our values stay below 2^53), written as either. */
export type BigInteger = ColumnType<number, number | bigint | string, number | bigint | string>;

/** date: a calendar day without a zone, `YYYY-MM-DD`. */
export type DateText = string;
