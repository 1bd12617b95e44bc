import { z } from 'zod';

/** Every right in the product; a role is a set of them, granted for one team or for all. */
export const permissions = [
  'conversation.read',
  'conversation.reply',
  'conversation.manage',
  'customer.read',
  'customer.write',
  'routing.work',
  'routing.supervise',
  'queue.manage',
  'hours.manage',
  'widget.manage',
  'canned.manage',
  'people.manage',
  'team.manage',
  'role.manage',
  'key.manage',
  'audit.read',
  'kpi.read',
  'kpi.manage',
  'import.manage',
  'report.manage',
  'order.read',
  'order.write',
  'order.manage',
  'order.design',
  'automation.manage',
  'webhook.manage',
] as const;
export const Permission = z.enum(permissions);
export type Permission = z.output<typeof Permission>;

/** Rights that make sense only for the whole organisation: a grant for one team does not give them. */
export const organisationPermissions: readonly Permission[] = [
  'hours.manage',
  'widget.manage',
  'people.manage',
  'team.manage',
  'role.manage',
  'key.manage',
  'audit.read',
  'kpi.manage',
  'import.manage',
  'report.manage',
  'order.design',
  'automation.manage',
  'webhook.manage',
];

const agent: Permission[] = [
  'conversation.read',
  'conversation.reply',
  'customer.read',
  'customer.write',
  'routing.work',
  'order.read',
  'order.write',
];
const supervisor: Permission[] = [
  ...agent,
  'conversation.manage',
  'routing.supervise',
  'queue.manage',
  'canned.manage',
  'kpi.read',
  'order.manage',
];

/** The roles every installation starts with; an administrator may add own ones. */
export const builtInRoles = {
  agent,
  handler: ['conversation.read', 'conversation.reply', 'customer.read', 'order.read'],
  supervisor,
  manager: [
    ...supervisor,
    'hours.manage',
    'widget.manage',
    'people.manage',
    'team.manage',
    'audit.read',
    'kpi.manage',
    'import.manage',
    'report.manage',
    'order.design',
    'automation.manage',
    'webhook.manage',
  ],
  trainer: ['conversation.read', 'customer.read', 'canned.manage', 'kpi.read', 'order.read'],
  administrator: [...permissions],
} as const satisfies Record<string, readonly Permission[]>;
export type BuiltInRole = keyof typeof builtInRoles;
