import type { Ctx } from '../../../platform/ctx.ts';
import { colleaguesOf } from '../../identity/index.ts';
import { everyQueue } from '../../routing/index.ts';
import { readableTeams } from '../policy.ts';
import { selectMembers } from '../store/member-list.ts';
import type { MemberRow } from '../store/member-list.ts';
import { selectSources } from '../store/sources.ts';
import type { SourceRow } from '../store/sources.ts';

/** What the actor may see of the figures, and what the members of the reports are in our own house. */
export type Scope = {
  /** Teams the actor is limited to; `all`: none. */
  teams: 'all' | string[];
  /** Where contacts came from; of each the actor sees what came through the queues of those teams. */
  sources: SourceRow[];
  members: Map<number, MemberRow>;
  /** Team of an own queue by member; queues that only logs know have none. */
  teamOfQueue: Map<number, string>;
  /** Teams of an own person by member, those the actor may see, by id. */
  teamsOfAgent: Map<number, string[]>;
};

async function queueTeams(ctx: Ctx, queues: MemberRow[]): Promise<Map<number, string>> {
  const known = new Map((await everyQueue(ctx)).map((queue) => [queue.id, queue]));
  const teams = new Map<number, string>();
  for (const member of queues) {
    const queue = known.get(member.ref ?? '');
    if (!queue) continue;
    teams.set(member.id, queue.teamId);
    member.name = queue.name;
  }
  return teams;
}

async function agentTeams(ctx: Ctx, agents: MemberRow[]): Promise<Map<number, string[]>> {
  const refs = agents.flatMap(({ ref }) => ref ?? []);
  const people = await colleaguesOf(ctx, refs);
  const teams = new Map<number, string[]>();
  for (const member of agents) {
    const person = people.get(member.ref ?? '');
    if (!person) continue;
    teams.set(member.id, [...person.teamIds].sort());
    member.name = person.name;
  }
  return teams;
}

/** Reads what the actor may see; names of own queues and people are those of today. */
export async function scopeOf(ctx: Ctx): Promise<Scope> {
  const teams = readableTeams(ctx.actor);
  const [rows, sources] = [await selectMembers(ctx), await selectSources(ctx)];
  const ofKind = (kind: string): MemberRow[] => rows.filter((row) => row.kind === kind);
  const mine = (teamIds: string[]): string[] =>
    teams === 'all' ? teamIds : teamIds.filter((id) => teams.includes(id));
  const agents = await agentTeams(ctx, ofKind('agent'));
  return {
    teams,
    sources,
    members: new Map(rows.map((row) => [row.id, row])),
    teamOfQueue: await queueTeams(ctx, ofKind('queue')),
    teamsOfAgent: new Map([...agents].map(([id, teamIds]) => [id, mine(teamIds)])),
  };
}

/** Queues of these teams, by member. */
export function queuesOf({ teamOfQueue }: Scope, teams: string[]): number[] {
  return [...teamOfQueue].filter(([, team]) => teams.includes(team)).map(([id]) => id);
}

/** People of these teams, by member. */
export function agentsOf({ teamsOfAgent }: Scope, teams: string[]): number[] {
  return [...teamsOfAgent]
    .filter(([, theirs]) => theirs.some((team) => teams.includes(team)))
    .map(([id]) => id);
}

/** Whether the actor may see a member: topics and types belong to everybody. */
export function maySeeMember(scope: Scope, { id, kind }: MemberRow): boolean {
  if (scope.teams === 'all') return true;
  if (kind === 'queue') return scope.teams.includes(scope.teamOfQueue.get(id) ?? '');
  return kind !== 'agent' || (scope.teamsOfAgent.get(id) ?? []).length > 0;
}
