import { standardKeys } from '@yingda/contract';
import type {
  KpiSettingsView,
  ReportFilter,
  ReportPeriod,
  ReportStep,
  StandardKey,
} from '@yingda/contract';
import { Problem } from '../../../kernel/problem.ts';
import { addDays, isUsablePeriod } from '../domain/days.ts';
import { secondsRules } from '../domain/seconds.ts';
import { dayOf, startOf, stepsBetween } from '../domain/steps.ts';
import type { Limits, Slice, Steps } from '../store/slice.ts';
import type { TargetRow } from '../store/targets.ts';
import { agentsOf, queuesOf } from './scope.ts';
import type { Scope } from './scope.ts';

/** Most steps × groups of a report. */
export const MOST_CELLS = 5_000;
const MAX_INT = 2_147_483_647;

export type Asked = ReportFilter;

/** A slice of the figures that the actor may see, with whose time and entries belong to it. */
export type Reading = {
  slice: Slice;
  /** Teams meant; null: the whole house. */
  teams: string[] | null;
  /** Whose time belongs to it; null: everybody's. */
  timeAgents: number[] | null;
  /** Whether agents' time can be told: it belongs to no queue, channel, topic, type or tier. */
  tellsTime: boolean;
  /** Whether entered figures can be told: those belong to no source either. */
  tellsEntered: boolean;
};

const idsOf = (ids: number[] | undefined): number[] | null => {
  if (!ids || ids.length === 0) return null;
  // A number that no member can have meets nobody.
  return ids.map((id) => (Math.abs(id) <= MAX_INT ? id : -1));
};

function both(a: number[] | null, b: number[] | null): number[] | null {
  if (a === null) return b;
  return b === null ? a : a.filter((id) => b.includes(id));
}

function teamsOf(scope: Scope, teamId: string | undefined): string[] | null {
  if (teamId === undefined) return scope.teams === 'all' ? null : scope.teams;
  return scope.teams === 'all' || scope.teams.includes(teamId) ? [teamId] : [];
}

/** What of the figures a filter means, within what the actor may see. */
export function readingOf(scope: Scope, asked: Asked): Reading {
  const teams = teamsOf(scope, asked.teamId);
  const queues = both(idsOf(asked.queues), teams && queuesOf(scope, teams));
  const agents = idsOf(asked.agents);
  const [topics, types, sources] = [asked.topics, asked.types, asked.sources].map(idsOf);
  const slice: Slice = {
    batches: scope.sources.map(({ id }) => id).filter((id) => sources?.includes(id) ?? true),
    queues,
    agents,
    topics: topics ?? null,
    types: types ?? null,
    channel: asked.channel ?? null,
    tier: asked.tier ?? null,
  };
  const isOfContacts = [idsOf(asked.queues), slice.topics, slice.types, slice.channel, slice.tier];
  const tellsTime = isOfContacts.every((part) => part === null);
  return {
    slice,
    teams,
    timeAgents: both(agents, teams && agentsOf(scope, teams)),
    tellsTime,
    tellsEntered: tellsTime && !sources,
  };
}

/** Throws `kpi.period_invalid` for a reversed, too long or impossible period. */
export function requirePeriod(period: ReportPeriod): void {
  if (!isUsablePeriod(period)) throw new Problem('kpi.period_invalid');
}

/** Throws `kpi.too_many_points` when a report would have more cells than it may. */
export function requireCells(cells: number): void {
  if (cells > MOST_CELLS) {
    throw new Problem('kpi.too_many_points', { params: { points: cells, most: MOST_CELLS } });
  }
}

const finestMinutes: Partial<Record<ReportStep, number>> = { half_hour: 30, hour: 60 };

/** Steps of a period. Throws `kpi.too_many_points` before making a list that is far too long. */
export function stepsOf(zone: string, period: ReportPeriod, step: ReportStep): Steps {
  const minutes = finestMinutes[step];
  if (minutes) {
    const ms = startOf(zone, addDays(period.to, 1)) - startOf(zone, period.from);
    requireCells(Math.floor(ms / 60_000 / minutes));
  }
  const { starts, end } = stepsBetween(zone, period, step);
  requireCells(starts.length);
  const days = starts.map((at) => dayOf(zone, at));
  return { zone, starts, end, days, endDay: addDays(period.to, 1) };
}

export function limitsOf(
  settings: KpiSettingsView,
  targets: TargetRow[],
  period: ReportPeriod,
): Limits {
  return {
    rules: secondsRules(targets, period),
    seconds: settings.serviceLevelSeconds,
    shortSeconds: settings.shortAbandonSeconds,
  };
}

/** The standards asked for, in their order; all without a list. Throws `request.invalid` for one that is none. */
export function standardsAsked(list: string | undefined): StandardKey[] {
  const names = list?.split(',').filter(Boolean) ?? [];
  if (names.length === 0) return [...standardKeys];
  if (names.some((name) => !(standardKeys as readonly string[]).includes(name))) {
    throw new Problem('request.invalid', {
      faults: [{ path: 'query.standards', kind: 'invalid_value' }],
    });
  }
  return standardKeys.filter((key) => names.includes(key));
}
