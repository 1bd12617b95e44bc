import {
  Channel,
  periodOf as datesOf,
  RelativePeriod,
  ReportGroup,
  ReportStep,
  StandardKey,
  Tier,
} from '@yingda/contract';
import type { MemberKind, ReportPeriod } from '@yingda/contract';
import { localDate } from '../../../lib/zone.ts';
import { asDate } from './period.ts';

/** Filters as the address holds them: lists as `1,2,3`. */
export interface FilterSearch {
  queues?: string | undefined;
  agents?: string | undefined;
  topics?: string | undefined;
  types?: string | undefined;
  sources?: string | undefined;
  channel?: Channel | undefined;
  tier?: Tier | undefined;
  teamId?: string | undefined;
}
export interface PeriodSearch {
  period?: RelativePeriod | undefined;
  /** Own dates; they go before `period`. */
  from?: string | undefined;
  to?: string | undefined;
}
export interface StandardsSearch extends PeriodSearch, FilterSearch {
  sort?: 'attention' | undefined;
}
export interface ReportSearch extends PeriodSearch, FilterSearch {
  standards?: string | undefined;
  step?: ReportStep | undefined;
  by?: ReportGroup | undefined;
  /** Which earlier periods are drawn: `previous`, `last_year`, both with a comma. */
  compare?: string | undefined;
  /** The group that chart and table by step show; none: the whole. */
  row?: string | undefined;
  /** What is drilled into: the standard, and the step it is about (none: the whole period). */
  drill?: StandardKey | undefined;
  since?: string | undefined;
  until?: string | undefined;
  /** The group drilled into. */
  of?: string | undefined;
  /** The contact opened from the list. */
  contact?: string | undefined;
}
export interface WallSearch {
  teamId?: string | undefined;
  /** Covers the frame as well. */
  full?: true | undefined;
}

export const listFilters = ['queues', 'agents', 'topics', 'types', 'sources'] as const;
export type ListFilter = (typeof listFilters)[number];
export const memberKinds = {
  queues: 'queue',
  agents: 'agent',
  topics: 'topic',
  types: 'type',
} as const satisfies Record<Exclude<ListFilter, 'sources'>, MemberKind>;

const idList = (value: unknown): string | undefined => {
  const given = typeof value === 'number' ? String(value) : value;
  return typeof given === 'string' && /^\d+(,\d+)*$/.test(given) ? given : undefined;
};
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const uuid = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value) ? value : undefined;
const instant = (value: unknown): string | undefined =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined;

export const idsOf = (list: string | undefined): number[] =>
  list === undefined ? [] : list.split(',').map(Number);
export const listFrom = (ids: readonly number[]): string | undefined =>
  ids.length === 0 ? undefined : ids.join(',');

/** The filters that an address names; what it holds beside them and what cannot be is left out. */
export function filterOf(search: Record<string, unknown>): FilterSearch {
  return {
    queues: idList(search['queues']),
    agents: idList(search['agents']),
    topics: idList(search['topics']),
    types: idList(search['types']),
    sources: idList(search['sources']),
    channel: Channel.safeParse(search['channel']).data,
    tier: Tier.safeParse(search['tier']).data,
    teamId: uuid(search['teamId']),
  };
}

/** The period that an address names: two dates, or a name; neither: the usual one. */
export function periodSearchOf(search: Record<string, unknown>): PeriodSearch {
  const [from, to] = [asDate(search['from']), asDate(search['to'])];
  if (from && to && from <= to) return { from, to };
  return { period: RelativePeriod.safeParse(search['period']).data };
}

export function standardsSearch(search: Record<string, unknown>): StandardsSearch {
  return {
    ...periodSearchOf(search),
    ...filterOf(search),
    sort: search['sort'] === 'attention' ? 'attention' : undefined,
  };
}

/** The keys that exist among those of a list with commas. */
export const keysOf = (list: string | undefined): StandardKey[] =>
  (list ?? '').split(',').flatMap((key) => StandardKey.safeParse(key).data ?? []);

export function reportSearch(search: Record<string, unknown>): ReportSearch {
  const standards = keysOf(text(search['standards']));
  return {
    ...periodSearchOf(search),
    ...filterOf(search),
    standards: standards.length > 0 ? standards.join(',') : undefined,
    step: ReportStep.safeParse(search['step']).data,
    by: ReportGroup.safeParse(search['by']).data,
    compare: text(search['compare']),
    row: typeof search['row'] === 'number' ? String(search['row']) : text(search['row']),
    drill: StandardKey.safeParse(search['drill']).data,
    since: instant(search['since']),
    until: instant(search['until']),
    of: typeof search['of'] === 'number' ? String(search['of']) : text(search['of']),
    contact: uuid(search['contact']),
  };
}

export function wallSearch(search: Record<string, unknown>): WallSearch {
  return { teamId: uuid(search['teamId']), full: search['full'] === true ? true : undefined };
}

const usualPreset: RelativePeriod = 'this_month';

/** The preset an address means; null for own dates. */
export const presetOf = (search: PeriodSearch): RelativePeriod | null =>
  search.from && search.to ? null : (search.period ?? usualPreset);

/**
 * The dates an address means, today told by the zone of the centre. What is running now ends today: it is compared with
 * as many days of the period before, not with all of it.
 */
export function periodOf(search: PeriodSearch, zone: string, now: number): ReportPeriod {
  if (search.from && search.to) return { from: search.from, to: search.to };
  const today = localDate(zone, now);
  const { from, to } = datesOf({ relative: search.period ?? usualPreset }, today);
  return { from, to: to > today ? today : to };
}

/** What a call needs of the filters: only those that are set. */
export function filterQuery(search: FilterSearch): FilterSearch {
  const { queues, agents, topics, types, sources, channel, tier, teamId } = search;
  return Object.fromEntries(
    Object.entries({ queues, agents, topics, types, sources, channel, tier, teamId }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}
