import type { Permission } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { permissionsOf } from '../domain/rights.ts';
import { selectGrantsFor } from '../store/access.ts';
import type { ColleagueRow } from '../store/people.ts';
import { selectColleagues, selectMailboxes, selectNames } from '../store/people.ts';
import { selectMembers, selectTeamName, selectTeamsOf } from '../store/teams.ts';

/** Names of people by id, those who left included; unknown ids are absent. */
export async function namesOf(ctx: Ctx, userIds: string[]): Promise<Map<string, string>> {
  const ids = [...new Set(userIds)];
  if (ids.length === 0) return new Map();
  return new Map((await selectNames(ctx.db, ids)).map(({ id, name }) => [id, name]));
}

/** The teams a person works in, by name. */
export function teamsOf(ctx: Ctx, userId: string): Promise<{ id: string; name: string }[]> {
  return selectTeamsOf(ctx.db, userId);
}

/** A team by id; `active` is false for a deleted one, null for an unknown id. */
export async function teamOf(
  ctx: Ctx,
  teamId: string,
): Promise<{ id: string; name: string; active: boolean } | null> {
  return (await selectTeamName(ctx.db, teamId)) ?? null;
}

/** Active members of a team, by name. */
export function teamMembers(ctx: Ctx, teamId: string): Promise<{ id: string; name: string }[]> {
  return selectMembers(ctx.db, teamId);
}

/** Where active people get their mail, by id; unknown ids and those who left are absent. */
export async function mailboxesOf(
  ctx: Ctx,
  userIds: string[],
): Promise<Map<string, { name: string; email: string }>> {
  const ids = [...new Set(userIds)];
  if (ids.length === 0) return new Map();
  return new Map((await selectMailboxes(ctx.db, ids)).map((row) => [row.id, row]));
}

export type Colleague = ColleagueRow;

/** People with image, teams and whether they still work here, by id; unknown ids are absent. */
export async function colleaguesOf(ctx: Ctx, userIds: string[]): Promise<Map<string, Colleague>> {
  const ids = [...new Set(userIds)];
  if (ids.length === 0) return new Map();
  return new Map((await selectColleagues(ctx.db, ids)).map((row) => [row.id, row]));
}

/** Everybody, active people first. */
export function listColleagues(ctx: Ctx): Promise<Colleague[]> {
  return selectColleagues(ctx.db);
}

/** Active people who hold a right: for all teams, and by team for each of these alone. */
export async function peopleWith(
  ctx: Ctx,
  permission: Permission,
  teamIds: string[],
): Promise<{ everywhere: string[]; byTeam: Map<string, string[]> }> {
  const everywhere = new Set<string>();
  const byTeam = new Map<string, string[]>();
  for (const { userId, teamId, ...role } of await selectGrantsFor(ctx.db, teamIds)) {
    if (!permissionsOf(role).includes(permission)) continue;
    if (teamId === null) everywhere.add(userId);
    else byTeam.set(teamId, [...(byTeam.get(teamId) ?? []), userId]);
  }
  return { everywhere: [...everywhere], byTeam };
}
