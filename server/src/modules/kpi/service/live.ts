import type { LiveFigures, LiveQueue, QueueView, StandardKey } from '@yingda/contract';
import { standardKeys } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { listQueues, presenceOf } from '../../routing/index.ts';
import { bandFor } from '../domain/bands.ts';
import { cellOf } from '../domain/cells.ts';
import { countNeeds, needsOf } from '../domain/needs.ts';
import { dayOf, startOf, stepOf } from '../domain/steps.ts';
import { contactSums } from '../domain/sums.ts';
import type { Sums } from '../domain/sums.ts';
import { readableTeams } from '../policy.ts';
import { selectLiveSums } from '../store/live.ts';
import { selectTargets } from '../store/targets.ts';
import { queueMembers } from './members.ts';
import { limitsOf } from './query.ts';
import { kpiSettings } from './settings.ts';

const HALF_HOUR_MS = 1_800_000;

type Agents = { agentsReady: number; agentsBusy: number; agentsAway: number };
const nobody: Agents = { agentsReady: 0, agentsBusy: 0, agentsAway: 0 };

type Presence = Awaited<ReturnType<typeof presenceOf>>[number];

function stateOf({ state, openCount }: Presence): keyof Agents | null {
  if (state === 'offline') return null;
  if (state === 'break' || state === 'training') return 'agentsAway';
  return state === 'ready' && openCount === 0 ? 'agentsReady' : 'agentsBusy';
}

/** Signed-in people of each team: free, at work, away. */
async function agentsByTeam(ctx: Ctx, teamIds: string[]): Promise<Map<string, Agents>> {
  const teams = new Map<string, Agents>(teamIds.map((id) => [id, { ...nobody }]));
  for (const person of await presenceOf(ctx, { teamIds })) {
    const state = stateOf(person);
    if (state === null) continue;
    for (const id of person.teamIds) {
      const team = teams.get(id);
      if (team) team[state] += 1;
    }
  }
  return teams;
}

/** Standards that contacts alone tell. */
function liveStandards(settings: Parameters<typeof needsOf>[1]): StandardKey[] {
  const known: readonly string[] = [...contactSums, 'withinServiceLevel', 'shortAbandoned'];
  return standardKeys.filter((key) => needsOf(key, settings).every((need) => known.includes(need)));
}

type Live = { at: Date; timeZone: string; queues: LiveQueue[] };

async function figuresOf(ctx: Ctx, views: QueueView[]): Promise<Live> {
  const [settings, targets] = [await kpiSettings(ctx), await selectTargets(ctx)];
  const zone = settings.timeZone;
  const standards = liveStandards(settings);
  const at = new Date();
  const day = dayOf(zone, at.getTime());
  const members = await queueMembers(
    ctx,
    views.map(({ id }) => id),
  );
  const sums = await selectLiveSums(ctx, {
    queues: [...members.values()],
    zone,
    dayStart: startOf(zone, day),
    halfHour: stepOf(zone, stepOf(zone, at.getTime()) - HALF_HOUR_MS),
    needs: [...new Set([...countNeeds, ...standards.flatMap((key) => needsOf(key, settings))])],
    limits: limitsOf(settings, targets, { from: day, to: day }),
  });
  const agents = await agentsByTeam(ctx, [...new Set(views.map(({ teamId }) => teamId))]);
  const figures = (some: Sums | undefined): LiveFigures => cellOf(some ?? {}, standards, settings);
  const queues = views.map(({ id, teamId, name, waiting, longestWaitSince }) => {
    const queue = members.get(id) ?? 0;
    const own = sums.find((row) => row.queue === queue);
    const bands = standards.map((key) => [key, bandFor(key, targets, { queue, day, days: 1 })]);
    return {
      queueId: id,
      teamId,
      name,
      waiting,
      longestWaitSince,
      ...(agents.get(teamId) ?? nobody),
      today: figures(own?.today),
      lastHalfHour: figures(own?.lastHalfHour),
      bands: Object.fromEntries(bands),
    };
  });
  return { at, timeZone: zone, queues };
}

/** Live figures of queues; the caller has checked who may see them. */
export async function liveQueues(ctx: Ctx, wanted: (queue: QueueView) => boolean): Promise<Live> {
  return figuresOf(ctx, (await listQueues(ctx)).filter(wanted));
}

/** What goes on in the queues the actor may see, today so far and in the last half hours. */
export async function liveFigures(ctx: Ctx): Promise<Omit<Live, 'at'> & { at: string }> {
  const teams = readableTeams(ctx.actor);
  const live = await liveQueues(ctx, ({ teamId }) => teams === 'all' || teams.includes(teamId));
  return { ...live, at: live.at.toISOString() };
}
