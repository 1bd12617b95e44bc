import type { Tx } from '../../../platform/ctx.ts';
import { recordContactEvents } from '../../contacts/index.ts';
import type { Step, WorkItem } from '../domain/work.ts';
import { offerEnded } from '../events.ts';
import { saveWork } from '../store/work.ts';

/** What every event says of its item. */
export function refOf({ id, kind, subjectId, queueId, teamId }: WorkItem) {
  return { id, kind, subjectId, queueId, teamId };
}

/** Stores items after a step together with their lines in the contact log. */
export async function saveSteps(tx: Tx, steps: Step[]): Promise<void> {
  if (steps.length === 0) return;
  const items = steps.map(({ item }) => item);
  await saveWork(tx, items);
  await recordContactEvents(
    tx,
    steps.flatMap(({ item: { id: contactId, queueId, teamId }, traces }) =>
      traces.map((trace) => ({ contactId, queueId, teamId, ...trace })),
    ),
  );
}

/** Says that what rang rings no more; nothing when the item was not offered. */
export function tellOfferEnded(
  tx: Tx,
  before: WorkItem,
  outcome: 'accepted' | 'declined' | 'no_answer' | 'withdrawn',
): void {
  const { state, agentId, offerId } = before;
  if (state !== 'offered' || !agentId || !offerId) return;
  tx.emit(offerEnded, { ...refOf(before), agentId, offerId, outcome });
}
