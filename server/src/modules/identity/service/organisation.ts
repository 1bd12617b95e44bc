import type { OrganisationView } from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { transact } from '../../../platform/ctx.ts';
import { organisationChanged } from '../events.ts';
import { lockOrganisation, updateOrganisationRow } from '../store/organisation.ts';
import { audit } from './audit.ts';
import { isTimeZone } from './founding.ts';

/**
 * Changes name, time zone or language of the organisation. Problems: `request.invalid` for a zone nobody knows,
 * `auth.setup_needed` before it is founded.
 */
export async function updateOrganisation(
  ctx: Ctx,
  change: Partial<OrganisationView>,
): Promise<OrganisationView> {
  requireRight(ctx.actor, 'team.manage');
  if (change.timeZone !== undefined && !isTimeZone(change.timeZone)) {
    throw new Problem('request.invalid', {
      faults: [{ path: 'timeZone', kind: 'time_zone_unknown' }],
    });
  }
  return transact(ctx, async (tx) => {
    const before = orProblem(await lockOrganisation(tx.db), 'auth.setup_needed');
    const { name, timeZone, locale } = { ...before, ...change };
    await updateOrganisationRow(tx.db, { name, timeZone, locale });
    await audit(tx, {
      action: 'organisation.changed',
      subjectKind: 'organisation',
      subjectName: name,
      details: change,
    });
    tx.emit(organisationChanged, { name, timeZone, previousTimeZone: before.timeZone });
    return { name, timeZone, locale };
  });
}
