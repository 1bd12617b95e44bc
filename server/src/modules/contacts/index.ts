import type { ContactEventView } from '@yingda/contract';
import type { Ctx } from '../../platform/ctx.ts';
import { systemCtx } from '../../platform/ctx.ts';
import { defineModule } from '../../platform/module.ts';
import { jobs } from './jobs.ts';
import { presentContactEvent } from './present.ts';
import * as service from './service.ts';
import { makePartitions, selectContactIdsAbout } from './store.ts';

export { contactRecorded } from './events.ts';
export {
  contactsOf,
  openContact,
  recordContactEvents,
  recordedContacts,
  scanContacts,
} from './service.ts';
export type { NewContact, NewContactEvent, RecordedContact, RecordedEvent } from './service.ts';
export {
  copyHistory,
  countContacts,
  deleteHistory,
  hasContacts,
  replaceHistory,
  selectSubjects as subjectsOf,
} from './store.ts';
export type { HistoryEvent, HistoryRow } from './store.ts';

/**
 * The events of some contacts, oldest first (5,000 at most). Those of imported logs name their queue and agent in
 * `data.queueMember` and `data.agentMember` (numbers of the standards; 0: none) instead of by ids. The
 * caller has checked who may see them.
 */
export async function listContactEvents(
  ctx: Ctx,
  contactIds: string[],
): Promise<ContactEventView[]> {
  return (await service.listContactEvents(ctx, contactIds)).map(presentContactEvent);
}

/** The events of all contacts about one thing, for example a conversation, oldest first. */
export async function listContactEventsAbout(
  ctx: Ctx,
  subjectId: string,
): Promise<ContactEventView[]> {
  return listContactEvents(ctx, await selectContactIdsAbout(ctx, subjectId));
}

export const contactsModule = defineModule({
  name: 'contacts',
  jobs,
  async start(services, role) {
    // Beside the nightly job, for an installation that was switched off for months.
    if (role.worker) await makePartitions(systemCtx(services, 'contacts'));
    return async () => {};
  },
});
