import { ComplaintSplit, registerKeys } from '@yingda/contract';
import type { RegisterKey, ReportPeriod } from '@yingda/contract';
import type { ReactNode } from 'react';

/** What the address of a register says besides its period. */
export interface RegisterSearch {
  q?: string | undefined;
  teamId?: string | undefined;
}
/** What the address of the complaint analysis says besides its period. */
export interface ComplaintSearch {
  by?: ComplaintSplit | undefined;
  departmentId?: string | undefined;
  categoryId?: string | undefined;
  product?: string | undefined;
  /** Every order with a root cause, not only complaints. */
  all?: true | undefined;
  /** The bar whose orders are shown: the name of a cause or product, the id of a department or category. */
  bar?: string | undefined;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;

export const registerSearch = (search: Record<string, unknown>): RegisterSearch => ({
  q: text(search['q'])?.slice(0, 100),
  teamId: text(search['teamId']),
});
export const complaintSearch = (search: Record<string, unknown>): ComplaintSearch => ({
  by: ComplaintSplit.safeParse(search['by']).data,
  departmentId: text(search['departmentId']),
  categoryId: text(search['categoryId']),
  product: text(search['product']),
  all: search['all'] === true ? true : undefined,
  // An empty one is a bar of its own: what has no cause.
  bar: typeof search['bar'] === 'string' ? search['bar'].slice(0, 200) : undefined,
});

/** The register of an address; the first when there is none of that name. */
export const registerOf = (name: unknown): RegisterKey =>
  registerKeys.find((key) => key === name) ?? 'problems';

/** The dates a page shows, in the centre's zone, and the control that chooses them. */
export interface Dates {
  period: ReportPeriod;
  zone: string;
  picker: ReactNode;
}
