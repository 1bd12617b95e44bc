import type { ColumnMapping, ImportMapping } from '@yingda/contract';

/** A kind of file that is told by its header alone, with what its columns mean. */
export type KnownTable = { id: string; name: string; header: string[]; mapping: ImportMapping };

const bankHeader =
  'vru+line call_id customer_id priority type date vru_entry vru_exit vru_time q_start q_exit q_time outcome ser_start ser_exit ser_time server'.split(
    ' ',
  );
const column = (
  header: string,
  role: ColumnMapping['role'],
  more: Partial<ColumnMapping> = {},
) => ({
  column: bankHeader.indexOf(header),
  header,
  role,
  format: null,
  unit: null,
  zone: null,
  ...more,
});
const time = { format: 'time' } as const;
const seconds = { unit: 's' } as const;

/** "Anonymous Bank" of the Technion, the call log that queueing research measures itself by. */
const anonymousBank: KnownTable = {
  id: 'anonymous_bank',
  name: 'Anonymous Bank (Technion)',
  header: bankHeader,
  mapping: {
    encoding: null,
    delimiter: null,
    hasHeader: true,
    sheet: null,
    columns: [
      column('vru+line', 'key'),
      column('call_id', 'key'),
      column('customer_id', 'customer'),
      column('priority', 'tier'),
      column('type', 'type'),
      column('date', 'date', { format: 'yymmdd' }),
      column('vru_entry', 'arrived_at', time),
      column('vru_exit', 'menu_end', time),
      column('vru_time', 'menu_time', seconds),
      column('q_start', 'queued_at', time),
      column('q_exit', 'left_queue_at', time),
      column('q_time', 'wait', seconds),
      column('outcome', 'outcome'),
      column('ser_start', 'answered_at', time),
      column('ser_exit', 'ended_at', time),
      column('ser_time', 'talk', seconds),
      column('server', 'agent'),
    ],
    outcomes: { AGENT: 'answered', HANG: 'abandoned', PHANTOM: 'leave_out' },
    tiers: { '0': 'standard', '1': 'standard', '2': 'gold' },
    channels: {},
    channel: 'voice',
    queue: null,
    noAgent: ['NO_SERVER'],
    noCustomer: ['0'],
    noTime: ['0:00:00'],
  },
};

export const knownTables: readonly KnownTable[] = [anonymousBank];

const plain = (header: readonly string[]): string =>
  header.map((name) => name.trim().toLowerCase()).join('\u0000');

/** The known kind of table that has this very header. */
export function knownTable(header: readonly string[]): KnownTable | undefined {
  return knownTables.find((table) => plain(table.header) === plain(header));
}
