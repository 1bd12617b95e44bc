import type { ReportQuery } from '@yingda/contract';
import type { z } from 'zod';
import type { ReactNode } from 'react';

/** What a page shows, as a call asks for it: with dates, not with the name of a period. */
export type ShownQuery = z.input<typeof ReportQuery>;

/**
 * More buttons for the head of a page, made from what it shows: the query as a call asks for it, and what the address
 * says (in which a period has its name, so that it moves with the calendar).
 */
export type Actions = (query: ShownQuery, search: object) => ReactNode;
