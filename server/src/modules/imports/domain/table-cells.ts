import type { Channel, ImportMapping, MappedOutcome } from '@yingda/contract';
import { Channel as ChannelName, Tier } from '@yingda/contract';
import { CellError, readFlag } from './columns.ts';
import type { Columns } from './columns.ts';
import type { Times } from './table-times.ts';

type Fields = string[];

/** Readers of the cells whose values the mapping explains. They throw a CellError for a value nobody explained. */
export type Cells = ReturnType<typeof cellReaders>;

export function cellReaders(columns: Columns, mapping: ImportMapping) {
  // Maps, as a value of the file may be called like something that every object has.
  const outcomes = new Map(Object.entries(mapping.outcomes));
  const tiers = new Map(Object.entries(mapping.tiers));
  const channels = new Map(Object.entries(mapping.channels));
  const hasOutcome = columns.has('outcome');
  const [outcome, tier, channel] = [
    columns.text('outcome'),
    columns.text('tier'),
    columns.text('channel'),
  ];
  const flagOf = (role: 'transferred' | 'solved') => {
    const read = columns.text(role);
    if (!columns.has(role)) return (): boolean | null => null;
    return (fields: Fields): boolean | null => {
      const value = read(fields);
      const said = readFlag(value);
      if (said === undefined) throw new CellError('flag_unreadable', { column: role, value });
      return said;
    };
  };
  return {
    transferred: flagOf('transferred'),
    solved: flagOf('solved'),
    /** The value, when rows with it are to be left out. */
    leftOut(fields: Fields): string | null {
      if (!hasOutcome) return null;
      const value = outcome(fields);
      return outcomes.get(value) === 'leave_out' ? value : null;
    },
    outcome(fields: Fields, times: Times, agent: string): Exclude<MappedOutcome, 'leave_out'> {
      if (!hasOutcome) {
        const talked = times.talkMs ?? 0;
        return times.answeredAt !== null || talked > 0 || agent !== '' ? 'answered' : 'abandoned';
      }
      const value = outcome(fields);
      const said = outcomes.get(value);
      if (!said || said === 'leave_out') throw new CellError('outcome_unknown', { value });
      return said;
    },
    channel(fields: Fields): Channel {
      const value = channel(fields);
      if (value === '') return mapping.channel;
      const known = channels.get(value) ?? ChannelName.safeParse(value.toLowerCase()).data;
      if (!known) throw new CellError('channel_unknown', { value });
      return known;
    },
    tier(fields: Fields): string {
      const value = tier(fields);
      if (value === '') return '';
      if (tiers.has(value)) return tiers.get(value) ?? '';
      const named = Tier.safeParse(value.toLowerCase()).data;
      if (!named) throw new CellError('tier_unknown', { value });
      return named;
    },
  };
}
