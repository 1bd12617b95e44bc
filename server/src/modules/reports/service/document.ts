import type {
  Locale,
  ReportFilter,
  ReportPage,
  ReportView,
  StandardsView,
  ViewQuery,
} from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { organisation, teamOf } from '../../identity/index.ts';
import { listSources, memberNames, report, standardsOf, stateOf } from '../../kpi/index.ts';
import { textsIn } from '../adapters/texts.ts';
import type { ReportDocument } from '../domain/document.ts';
import { localTime } from '../domain/due.ts';
import { reportDocument } from '../domain/report-document.ts';
import type { Frame } from '../domain/report-document.ts';
import { standardsDocument } from '../domain/standards-document.ts';
import { wordsIn } from '../domain/words.ts';
import type { Words } from '../domain/words.ts';

/** What is to be drawn: a page with its query, for two dates. */
export type Asked = Omit<ViewQuery, 'period'> & {
  page: ReportPage;
  from: string;
  to: string;
  locale: Locale;
  title?: string | undefined;
};

/** The figures as the screen gets them, and the document made of them. */
export type Drawn =
  | { page: 'report'; view: ReportView; document: ReportDocument; frame: Frame }
  | { page: 'standards'; view: StandardsView; document: ReportDocument; frame: Frame };

type Fact = { label: string; value: string };

/** The filter in words; names as they are today. */
async function filterFacts(ctx: Ctx, filter: ReportFilter, words: Words): Promise<Fact[]> {
  const { facts, listMark } = words;
  const lists = {
    queues: filter.queues,
    agents: filter.agents,
    topics: filter.topics,
    types: filter.types,
  };
  const names = await memberNames(
    ctx,
    Object.values(lists).flatMap((ids) => ids ?? []),
  );
  const named = Object.entries(lists).flatMap(([kind, ids]) =>
    ids && ids.length > 0
      ? [
          {
            label: facts[kind as keyof typeof lists],
            value: ids.map((id) => names.get(id) ?? String(id)).join(listMark),
          },
        ]
      : [],
  );
  const sources = filter.sources?.length
    ? (await listSources(ctx)).filter(({ id }) => filter.sources?.includes(id))
    : [];
  const team = filter.teamId === undefined ? null : await teamOf(ctx, filter.teamId);
  const rest: [string, string | undefined][] = [
    [
      facts.sources,
      sources
        .map(({ name }) => name)
        .filter(Boolean)
        .join(listMark) || undefined,
    ],
    [facts.channel, filter.channel && words.channels[filter.channel]],
    [facts.tier, filter.tier && words.tiers[filter.tier]],
    [facts.team, team?.name],
  ];
  const all = [
    ...named,
    ...rest.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }])),
  ];
  return all.length > 0 ? all : [{ label: facts.filters, value: facts.noFilter }];
}

/** How it was counted, so that a figure in a file can be understood without the screen. */
function countingFacts({ settings }: ReportView | StandardsView, words: Words): Fact[] {
  const { facts, units } = words;
  const shorts =
    settings.shortAbandonSeconds === 0
      ? facts.none
      : `≤ ${settings.shortAbandonSeconds} ${units.seconds}${words.listMark}${settings.shortAbandonsInServiceLevel ? facts.shortIn : facts.shortOut}`;
  return [
    { label: facts.zone, value: settings.timeZone },
    { label: facts.serviceLevel, value: `${settings.serviceLevelSeconds} ${units.seconds}` },
    { label: facts.shortAbandons, value: shorts },
    { label: facts.repeatWindow, value: `${settings.repeatWindowDays} ${units.days}` },
    {
      label: facts.occupancy,
      value: settings.occupancy === 'source' ? facts.occupancySource : facts.occupancyWrap,
    },
    { label: facts.ring, value: `${settings.ringSeconds} ${units.seconds}` },
    { label: facts.currency, value: settings.currency },
  ];
}

export const periodText = ({ from, to }: { from: string; to: string }): string =>
  from === to ? from : `${from} – ${to}`;

async function frameOf(ctx: Ctx, asked: Asked, view: ReportView | StandardsView): Promise<Frame> {
  const words = wordsIn(asked.locale);
  const texts = textsIn(asked.locale, view.settings.currency);
  const cut =
    'by' in view
      ? [
          { label: words.facts.step, value: texts.say(`steps.${view.step}`) },
          { label: words.facts.by, value: words.groups[view.by] },
        ]
      : [];
  return {
    locale: asked.locale,
    title: asked.title || words.pages[asked.page],
    subtitle: periodText(view),
    organisation: (await organisation(ctx)).name,
    facts: [
      { label: words.facts.period, value: periodText(view) },
      ...cut,
      ...(await filterFacts(ctx, asked, words)),
      ...countingFacts(view, words),
      { label: words.facts.made, value: localTime(view.timeZone, Date.now()) },
    ],
    ...texts,
    judge: stateOf,
  };
}

/**
 * Reads the figures where the screen reads them, with the rights of the actor, and makes a document of them. Problems:
 * those of the report.
 */
export async function drawnOf(ctx: Ctx, asked: Asked): Promise<Drawn> {
  if (asked.page === 'standards') {
    const view = await standardsOf(ctx, asked);
    const frame = await frameOf(ctx, asked, view);
    return { page: 'standards', view, frame, document: standardsDocument(view, frame) };
  }
  const view = await report(ctx, asked);
  const frame = await frameOf(ctx, asked, view);
  return { page: 'report', view, frame, document: reportDocument(view, frame) };
}
