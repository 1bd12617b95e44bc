import type { SourceView } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { presentSource } from '../present.ts';
import { countContacts } from '../store/sources.ts';
import { queuesOf, scopeOf } from './scope.ts';

/** Where the contacts of the reports came from, and how many there are that the actor may see. */
export async function listSources(ctx: Ctx): Promise<SourceView[]> {
  const scope = await scopeOf(ctx);
  const { teams, sources } = scope;
  if (teams === 'all') return sources.map(presentSource);
  const ids = sources.map(({ id }) => id);
  const counts = await countContacts(ctx, ids, queuesOf(scope, teams));
  return sources
    .filter(({ id, kind }) => kind === 'own' || counts.has(id))
    .map((row) => presentSource({ ...row, contacts: counts.get(row.id) ?? 0 }));
}
