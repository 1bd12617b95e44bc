import type { Channel, ExportFormat, Locale, ReportGroup, Tier } from '@yingda/contract';
import type { DrawnWords } from './document.ts';
import { en } from './words-en.ts';
import { zh } from './words-zh.ts';

type Counted =
  | 'contacts'
  | 'answered'
  | 'abandoned'
  | 'blocked'
  | 'selfServed'
  | 'handled'
  | 'withinServiceLevel';

/** Texts of files and mails that no screen shows; those of the standards are shared with it. */
export type Words = {
  pages: { standards: string; report: string };
  counts: Record<Counted, string>;
  channels: Record<Channel, string>;
  tiers: Record<Tier, string>;
  /** Names of rows without one: our own work among sources, contacts of no queue, agent, topic or type. */
  own: string;
  without: string;
  groups: Record<ReportGroup, string>;
  drawn: DrawnWords;
  facts: Record<
    | 'period'
    | 'zone'
    | 'step'
    | 'by'
    | 'filters'
    | 'noFilter'
    | 'made'
    | 'serviceLevel'
    | 'shortAbandons'
    | 'shortIn'
    | 'shortOut'
    | 'none'
    | 'repeatWindow'
    | 'occupancy'
    | 'occupancySource'
    | 'occupancyWrap'
    | 'ring'
    | 'currency'
    | 'unique'
    | 'queues'
    | 'agents'
    | 'topics'
    | 'types'
    | 'sources'
    | 'channel'
    | 'tier'
    | 'team',
    string
  >;
  columns: Record<
    | 'number'
    | 'standard'
    | 'value'
    | 'state'
    | 'norm'
    | 'range'
    | 'previous'
    | 'lastYear'
    | 'diagnosis'
    | 'causes'
    | 'actions'
    | 'from'
    | 'until'
    | 'row'
    | 'total'
    | 'step'
    | 'whole'
    | 'validFrom'
    | 'unit',
    string
  >;
  tables: Record<'standards' | 'totals' | 'steps' | 'groups' | 'targets' | 'outOfRange', string>;
  notes: Record<'missing' | 'marks' | 'counted', string>;
  mail: Record<
    | 'greeting'
    | 'figures'
    | 'out'
    | 'allGood'
    | 'nothing'
    | 'why'
    | 'firstAction'
    | 'open'
    | 'footer'
    | 'attached'
    | 'cause'
    | 'counts',
    string
  >;
  units: Record<'seconds' | 'hours' | 'minute' | 'perHour' | 'rings' | 'days', string>;
  formats: Record<ExportFormat, string>;
  listMark: string;
  colon: string;
  brackets: [string, string];
};

export const wordsIn = (locale: Locale): Words => (locale === 'en' ? en : zh);

/** Puts values into `{{name}}`; unknown names stay as they are. */
export function fill(text: string, params: Record<string, string | number>): string {
  return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  );
}
