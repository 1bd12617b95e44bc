import type { BuiltInRole } from '@yingda/contract';

/** Ids of the roles every installation has; the migration makes their rows. */
export const builtInRoleIds: Record<BuiltInRole, string> = {
  administrator: '00000000-0000-7000-8000-000000000001',
  manager: '00000000-0000-7000-8000-000000000002',
  supervisor: '00000000-0000-7000-8000-000000000003',
  agent: '00000000-0000-7000-8000-000000000004',
  handler: '00000000-0000-7000-8000-000000000005',
  trainer: '00000000-0000-7000-8000-000000000006',
};
