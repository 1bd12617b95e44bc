import { OrderScope } from '@yingda/contract';

/** Which orders: mine, those of my department, … */
export type Scope = (typeof OrderScope.options)[number];

export const orderViews = ['list', 'board', 'calendar'] as const;
export type OrderShape = (typeof orderViews)[number];

/** What the address of the order pages says besides the order that is open. */
export interface OrdersSearch {
  as?: OrderShape | undefined;
  scope?: Scope | undefined;
  q?: string | undefined;
  categoryId?: string | undefined;
  departmentId?: string | undefined;
  stepKey?: string | undefined;
  flowKey?: string | undefined;
  complaints?: true | undefined;
  sort?: 'newest' | undefined;
  /** The month of the calendar: `2026-11`. */
  month?: string | undefined;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, 100) : undefined;

/** Reads the search of an address; what is no choice of ours counts as not chosen. */
export function ordersSearch(search: Record<string, unknown>): OrdersSearch {
  const shape = orderViews.find((view) => view === search['as']);
  const month = text(search['month']);
  return {
    as: shape === 'list' ? undefined : shape,
    scope: OrderScope.safeParse(search['scope']).data,
    q: text(search['q']),
    categoryId: text(search['categoryId']),
    departmentId: text(search['departmentId']),
    stepKey: text(search['stepKey']),
    flowKey: text(search['flowKey']),
    complaints: search['complaints'] === true ? true : undefined,
    sort: search['sort'] === 'newest' ? 'newest' : undefined,
    month: month && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : undefined,
  };
}

export interface FilterQuery {
  scope: Scope;
  q?: string;
  categoryId?: string;
  departmentId?: string;
  stepKey?: string;
  flowKey?: string;
  complaints?: 'true';
}

/** The filter of an address as the routes take it. */
export function filterOf(search: OrdersSearch, scope: Scope): FilterQuery {
  const { q, categoryId, departmentId, stepKey, flowKey, complaints } = search;
  return {
    scope: search.scope ?? scope,
    ...(q ? { q } : {}),
    ...(categoryId ? { categoryId } : {}),
    ...(departmentId ? { departmentId } : {}),
    ...(stepKey ? { stepKey } : {}),
    ...(flowKey ? { flowKey } : {}),
    ...(complaints ? { complaints: 'true' as const } : {}),
  };
}

/** Whether anything narrows the list beside the scope. */
export function isNarrowed(search: OrdersSearch): boolean {
  const { q, categoryId, departmentId, stepKey, complaints } = search;
  return Boolean(q ?? categoryId ?? departmentId ?? stepKey ?? complaints);
}
