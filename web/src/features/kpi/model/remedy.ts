import type { Missing, Permission } from '@yingda/contract';

export interface Remedy {
  to: string;
  /** Key of the words on the link. */
  label: 'figures' | 'import';
  needs: Permission;
}

const figures: Remedy = { to: '/settings/figures', label: 'figures', needs: 'kpi.manage' };
const log: Remedy = { to: '/settings/imports', label: 'import', needs: 'import.manage' };

const remedies: Partial<Record<Missing, Remedy>> = {
  no_sign_in_times: figures,
  no_schedule: figures,
  no_wrap_up: log,
  no_hold: log,
  no_rings: log,
  no_blocked: log,
  no_costs: figures,
  no_grades: figures,
  no_staff: figures,
  no_customers: log,
  no_transfers: log,
};

/** Where the data that a standard lacks can be brought in; null where nothing helps. */
export const remedyFor = (missing: Missing): Remedy | null => remedies[missing] ?? null;
