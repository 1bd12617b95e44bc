import type { MemberKind, MemberView } from '@yingda/contract';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { everyQueue, presenceOf } from '../../routing/index.ts';
import { selectMembersById } from '../store/member-list.ts';
import { agentMembers, queueMembers } from './members.ts';
import { maySeeMember, scopeOf } from './scope.ts';

const MOST = 5000;
type Query = { kind?: MemberKind | undefined; q?: string | undefined };

/** Makes sure that our own queues and people can be chosen before anything was counted for them. */
async function ensureOwn(ctx: Ctx): Promise<void> {
  const queues = (await everyQueue(ctx)).filter(({ deleted }) => !deleted);
  await queueMembers(
    ctx,
    queues.map(({ id }) => id),
  );
  const people = await presenceOf(ctx, { teamIds: 'all' });
  await agentMembers(
    ctx,
    people.map(({ userId }) => userId),
  );
}

/** Queues, agents, topics and types that the actor may see in reports. */
export async function listMembers(ctx: Ctx, { kind, q }: Query): Promise<MemberView[]> {
  await ensureOwn(ctx);
  const scope = await scopeOf(ctx);
  const wanted = q?.trim().toLowerCase() ?? '';
  return [...scope.members.values()]
    .filter((member) => kind === undefined || member.kind === kind)
    .filter((member) => maySeeMember(scope, member))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, MOST);
}

/** Names of members by id, as they are today; unknown ids are absent. */
export async function memberNames(ctx: Ctx, ids: number[]): Promise<Map<number, string>> {
  const { members } = await scopeOf(ctx);
  return new Map(
    ids.flatMap((id) => {
      const member = members.get(id);
      return member ? [[id, member.name] as const] : [];
    }),
  );
}

/** Throws `kpi.member_not_found` unless each id is a member of the kind. */
export async function requireMembers(ctx: Ctx, kind: MemberKind, ids: number[]): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const found = await selectMembersById(ctx, wanted);
  if (found.filter((member) => member.kind === kind).length !== wanted.length) {
    throw new Problem('kpi.member_not_found');
  }
}
