import type { CategoryView, ComplaintAnalysis, ComplaintGroup } from '@yingda/contract';
import { listCategories, listDepartments } from '@yingda/contract';
import { useCall } from '../../../lib/query.ts';
import type { ComplaintSearch, Dates } from '../model/search.ts';

const rarely = { staleTime: 5 * 60_000 };
const none: never[] = [];

export const useCategories = (): CategoryView[] =>
  useCall(listCategories, undefined, rarely).data?.items ?? none;
export const useDepartments = () => useCall(listDepartments, undefined, rarely).data?.items ?? none;

/** The filter of an address as the routes take it. */
export function filterOf(
  { all, departmentId, categoryId, product }: ComplaintSearch,
  { period }: Dates,
) {
  return {
    ...period,
    complaintsOnly: all ? ('false' as const) : ('true' as const),
    ...(departmentId ? { departmentId } : {}),
    ...(categoryId ? { categoryId } : {}),
    ...(product ? { product } : {}),
  };
}

/** How the address names a bar. */
export const barKey = ({ name, id }: ComplaintGroup): string => id ?? name;

/** Narrows to the orders behind a bar. */
export function behindBar(by: ComplaintAnalysis['by'], bar: string) {
  if (by === 'department') return { departmentId: bar };
  if (by === 'category') return { categoryId: bar };
  return by === 'product' ? { product: bar } : { cause: bar };
}
