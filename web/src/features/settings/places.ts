import type { Permission } from '@yingda/contract';
import type { Rights } from '../../lib/me.ts';

/** The pages of the settings, in the order of their navigation, with what one must hold to see each. */
export const settingsPlaces = [
  { id: 'organisation', group: 'organisation', needs: ['team.manage'] },
  { id: 'people', group: 'organisation', needs: ['people.manage'] },
  { id: 'teams', group: 'organisation', needs: ['team.manage'] },
  { id: 'roles', group: 'organisation', needs: ['role.manage', 'people.manage'] },
  { id: 'queues', group: 'service', needs: ['queue.manage'] },
  { id: 'hours', group: 'service', needs: ['hours.manage'] },
  { id: 'widgets', group: 'service', needs: ['widget.manage'] },
  { id: 'canned', group: 'service', needs: ['canned.manage'] },
  { id: 'fields', group: 'service', needs: ['widget.manage'] },
  { id: 'flows', group: 'orders', needs: ['order.design'] },
  { id: 'categories', group: 'orders', needs: ['order.design'] },
  { id: 'order-fields', group: 'orders', needs: ['order.design'] },
  { id: 'calendars', group: 'orders', needs: ['order.design'] },
  { id: 'orders', group: 'orders', needs: ['order.design'] },
  { id: 'automations', group: 'orders', needs: ['automation.manage'] },
  { id: 'targets', group: 'measures', needs: ['kpi.manage'] },
  { id: 'counting', group: 'measures', needs: ['kpi.manage'] },
  { id: 'figures', group: 'measures', needs: ['kpi.manage'] },
  { id: 'imports', group: 'measures', needs: ['import.manage'] },
  { id: 'reports', group: 'measures', needs: ['report.manage'] },
  { id: 'keys', group: 'system', needs: ['key.manage'] },
  { id: 'webhooks', group: 'system', needs: ['webhook.manage'] },
  { id: 'audit', group: 'system', needs: ['audit.read'] },
] as const satisfies readonly { id: string; group: string; needs: readonly Permission[] }[];

export type SettingsPlace = (typeof settingsPlaces)[number];

/** The pages this person may open. */
export function settingsPlacesFor(rights: Rights): SettingsPlace[] {
  return settingsPlaces.filter(({ needs }) => needs.some((permission) => rights.may(permission)));
}

export function maySeeSettings(rights: Rights): boolean {
  return settingsPlacesFor(rights).length > 0;
}
