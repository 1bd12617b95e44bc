import type { KpiSettings, Missing, StandardKey } from '@yingda/contract';
import { standardOf, valueOf } from './definitions.ts';
import type { SumName, Sums } from './sums.ts';

const isNone = (value: number | undefined): boolean => value === undefined || value === 0;

/** Without this sum there is nothing to measure; with it, the data of the standard itself is missing. */
const bases: Partial<Record<StandardKey, { base: SumName; without: Missing; with?: Missing }>> = {
  adherence: { base: 'scheduledMs', without: 'no_schedule', with: 'no_sign_in_times' },
  attendance: { base: 'peopleScheduled', without: 'no_schedule', with: 'no_sign_in_times' },
  cost_per_contact: { base: 'cost', without: 'no_costs', with: 'no_contacts' },
  hold_time: { base: 'handled', without: 'no_contacts' },
  after_call_work: { base: 'handled', without: 'no_contacts' },
  transfer_rate: { base: 'handled', without: 'no_contacts' },
  first_contact_resolution: { base: 'handled', without: 'no_contacts' },
  rings: { base: 'answered', without: 'no_contacts' },
  blockage: { base: 'answered', without: 'no_contacts' },
};

/** Their denominators, where a value is absent although the log tells of such things: nobody was held. */
const told: Partial<Record<StandardKey, SumName>> = { hold_time: 'holdKnown' };

function dataOf(key: StandardKey, sums: Sums): Missing {
  const rule = bases[key];
  const toldBy = told[key];
  if (toldBy && !isNone(sums[toldBy])) return 'no_contacts';
  if (!rule) return standardOf(key).lacks;
  return isNone(sums[rule.base]) ? rule.without : (rule.with ?? standardOf(key).lacks);
}

/** Contacts that nobody answered have no agent, no topic and so on: such a split cannot tell these. */
const byReach: ReadonlySet<StandardKey> = new Set<StandardKey>([
  'abandon_time',
  'queue_time',
  'abandonment',
  'queued_rate',
  'answered_rate',
  'service_level',
  'total_contacts',
]);

/** Contacts read one by one, which sums of half hours by such a group would have to be, do not tell who came again. */
const isReadOneByOne = (sums: Sums): boolean => sums.fcrBase === undefined && !isNone(sums.handled);

/** Why a standard has no value over these sums; null when it has one. */
export function missingOf(key: StandardKey, sums: Sums, settings: KpiSettings): Missing | null {
  if (valueOf(key, sums, settings) !== null) return null;
  if (key === 'first_contact_resolution' && isReadOneByOne(sums)) return 'only_by_day';
  if (byReach.has(key) && sums.abandoned === undefined && !isNone(sums.handled)) {
    return 'not_by_this_group';
  }
  return dataOf(key, sums);
}
