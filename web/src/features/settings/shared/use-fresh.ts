import * as contract from '@yingda/contract';
import type { RouteSpec } from '@yingda/contract';
import { refresh } from '../../../lib/query.ts';
import { useLiveEvent, useLiveGap } from '../../../lib/use-live.ts';

/** What is read anew when a noun of the settings changes. */
const readers: Record<string, RouteSpec[]> = {
  person: [contract.listPeople, contract.listColleagues, contract.listTeams, contract.listRoles],
  invitation: [contract.listInvitations],
  team: [contract.listTeams, contract.listQueues, contract.listPeople],
  organisation: [contract.getOrganisation],
  department: [contract.listDepartments, contract.listTeams],
  role: [contract.listRoles, contract.listPeople],
  key: [contract.listKeys],
  hours: [contract.listHours, contract.listQueues],
  queue: [contract.listQueues],
  widget: [contract.listWidgets],
  'canned-replies': [contract.listCanned],
  'custom-fields': [contract.listCustomFields],
  'order-flow': [contract.listFlows],
  'order-category': [contract.listCategories],
  automation: [contract.listAutomations],
  macro: [contract.listMacros],
  webhook: [contract.listWebhooks],
  'order-settings': [contract.getOrderSettings, contract.listWorkCalendars],
};
const all = [...new Set(Object.values(readers).flat())];

/** Keeps the lists of the settings equal to the server while the settings are open. */
export function useFreshSettings(): void {
  useLiveEvent('settings.changed', ({ noun }) => void refresh(...(readers[noun] ?? all)));
  useLiveEvent('queue.changed', () => void refresh(contract.listQueues));
  useLiveGap(() => void refresh(...all));
}
