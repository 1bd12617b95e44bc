import type { MemberKind } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { namesOf } from '../../identity/index.ts';
import { everyQueue } from '../../routing/index.ts';
import { insertMembers, selectMemberIds } from '../store/members.ts';
import type { MemberInput } from '../store/members.ts';

/** Names longer than this are one name with a long tail. */
const LONGEST = 200;
const keyOf = (name: string): string => `name:${name.slice(0, LONGEST)}`;

async function ensure(
  ctx: Ctx,
  kind: MemberKind,
  wanted: MemberInput[],
): Promise<Map<string, number>> {
  const keys = wanted.map(({ key }) => key);
  const known = await selectMemberIds(ctx.db, kind, keys);
  const missing = wanted.filter(({ key }) => !known.has(key));
  if (missing.length === 0) return known;
  await insertMembers(ctx.db, kind, missing);
  return selectMemberIds(ctx.db, kind, keys);
}

/** Numbers of names that a log or a tag uses; those not known yet are made. An empty name is 0: none. */
export async function memberIds(
  ctx: Ctx,
  kind: MemberKind,
  names: string[],
): Promise<Map<string, number>> {
  const given = [...new Set(names)].filter((name) => name !== '');
  const found = await ensure(
    ctx,
    kind,
    given.map((name) => ({ key: keyOf(name), ref: null, name: name.slice(0, LONGEST) })),
  );
  const ids = new Map(given.map((name) => [name, found.get(keyOf(name)) ?? 0]));
  ids.set('', 0);
  return ids;
}

async function ownMembers(
  ctx: Ctx,
  kind: 'queue' | 'agent',
  {
    refs,
    namesFor,
  }: { refs: string[]; namesFor: (refs: string[]) => Promise<Map<string, string>> },
): Promise<Map<string, number>> {
  const wanted = [...new Set(refs)];
  const known = await selectMemberIds(ctx.db, kind, wanted);
  const missing = wanted.filter((ref) => !known.has(ref));
  if (missing.length === 0) return known;
  const names = await namesFor(missing);
  return ensure(
    ctx,
    kind,
    wanted.map((ref) => ({ key: ref, ref, name: names.get(ref) ?? ref.slice(0, 8) })),
  );
}

/** Numbers of our own people by id. */
export const agentMembers = (ctx: Ctx, userIds: string[]): Promise<Map<string, number>> =>
  ownMembers(ctx, 'agent', { refs: userIds, namesFor: (ids) => namesOf(ctx, ids) });

/** Numbers of our own queues by id. */
export const queueMembers = (ctx: Ctx, queueIds: string[]): Promise<Map<string, number>> =>
  ownMembers(ctx, 'queue', {
    refs: queueIds,
    namesFor: async () => new Map((await everyQueue(ctx)).map(({ id, name }) => [id, name])),
  });
