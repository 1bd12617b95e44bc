import type { SavedView } from '@yingda/contract';
import type { Actor } from '../../kernel/actor.ts';
import { isOwn } from './policy.ts';
import type { View } from './service/views.ts';

export function presentView(view: View, actor: Actor, names: Map<string, string>): SavedView {
  const {
    id,
    name,
    page,
    query,
    is_shared: isShared,
    owner_id: owner,
    schedules,
    updated_at: at,
  } = view;
  return {
    id,
    name,
    page,
    query,
    isShared,
    schedules,
    isOwn: isOwn(actor, view),
    ownerName: names.get(owner) ?? '',
    updatedAt: at.toISOString(),
  };
}
