import { may } from '../../kernel/actor.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Problem } from '../../kernel/problem.ts';
import type { ViewRow } from './store/views.ts';

type Owned = Pick<ViewRow, 'owner_id' | 'is_shared'>;

export function isOwn(actor: Actor, { owner_id: owner }: Pick<Owned, 'owner_id'>): boolean {
  return actor.kind === 'user' && actor.userId === owner;
}

/** Own views, and those shared with everybody who reads reports. */
export function maySeeView(actor: Actor, view: Owned): boolean {
  return view.is_shared ? may(actor, 'kpi.read') : isOwn(actor, view);
}

/** Shared views are changed by whoever manages reports, also those of others; private ones by their owner. */
export function requireChange(actor: Actor, view: Owned): void {
  if (isOwn(actor, view) && (!view.is_shared || may(actor, 'report.manage'))) return;
  if (view.is_shared && may(actor, 'report.manage')) return;
  throw new Problem(isOwn(actor, view) ? 'auth.forbidden' : 'view.not_yours');
}
