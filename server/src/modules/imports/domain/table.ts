import type { ImportMapping } from '@yingda/contract';
import { CellError, compileColumns } from './columns.ts';
import type { Columns } from './columns.ts';
import { isHeaderRow } from './fields.ts';
import type { Assembler, ForeignContact, Row, Sink } from './model.ts';
import { cellReaders } from './table-cells.ts';
import { answeredEvents, unansweredEvents } from './table-events.ts';
import { timesReader } from './table-times.ts';
import type { Times } from './table-times.ts';
import type { Tally } from './tally.ts';

/** What the columns of a mapping tell at all; the rest is missing in the reports, not 0. */
export function tableRecords(mapping: ImportMapping): string[] {
  const roles = new Set(mapping.columns.map(({ role }) => role));
  const told: [string, boolean][] = [
    ['customers', roles.has('customer')],
    ['hold', roles.has('hold')],
    ['wrap_up', roles.has('wrap_up')],
    ['rings', roles.has('ring') || roles.has('rings')],
    ['transfers', roles.has('transferred')],
    ['solved', roles.has('solved')],
    ['blocked', Object.values(mapping.outcomes).includes('blocked')],
  ];
  return told.filter(([, isTold]) => isTold).map(([name]) => name);
}

export type TableOptions = {
  mapping: ImportMapping;
  zone: string;
  /** Milliseconds of one ring, for logs that count rings. */
  ringMs: number;
  /** Fields of the file's first row, when that is a header. */
  header: string[] | null;
};

/** Whether a row has the columns it should have; what is wrong is told. */
function rowCheck({ width }: Columns, header: string[] | null, tally: Tally) {
  return (row: Row): boolean => {
    const { fields } = row;
    if (fields.length < width) {
      tally.error('too_few_columns', row, { columns: fields.length, expected: width });
      return false;
    }
    if (header && fields.length > header.length && fields.slice(header.length).some(Boolean)) {
      const params = { columns: fields.length, expected: header.length };
      tally.error('too_many_columns', row, params);
      return false;
    }
    if (!fields.some((field) => field.includes('\ufffd'))) return true;
    tally.error('not_decodable', row);
    return false;
  };
}

type Met = { outcome: ForeignContact['outcome']; times: Times; agent: string; hasAgents: boolean };

/** Oddities of a row that are no matter of its times. */
function tellOddities(tally: Tally, row: Row, { outcome, times, agent, hasAgents }: Met): void {
  if (outcome === 'answered') {
    if (hasAgents && agent === '') tally.trap('agent_unknown', row);
    if (times.talkMs === 0) tally.trap('answered_without_talk', row);
    return;
  }
  const isServed = (times.talkMs ?? 0) > 0 || (outcome === 'abandoned' && agent !== '');
  if (isServed) tally.trap('unanswered_with_service', row);
}

function contactReader({ mapping, ringMs }: TableOptions, columns: Columns, tally: Tally) {
  const timesOf = timesReader(columns, ringMs);
  const cells = cellReaders(columns, mapping);
  const [queue, agent, customer] = [
    columns.text('queue'),
    columns.text('agent'),
    columns.text('customer'),
  ];
  const [topic, type] = [columns.text('topic'), columns.text('type')];
  const hasAgents = columns.has('agent');
  const noAgent = new Set(mapping.noAgent);
  const noCustomer = new Set(mapping.noCustomer);
  /** '' for what is written for nobody. */
  const agentOf = (fields: string[]): string => {
    const named = agent(fields);
    return noAgent.has(named) ? '' : named;
  };
  const customerOf = (row: Row): string => {
    const named = customer(row.fields);
    if (!noCustomer.has(named)) return named;
    tally.trap('customer_not_identified', row);
    return '';
  };
  return (row: Row): ForeignContact => {
    const { fields } = row;
    columns.met.midnight = false;
    const times = timesOf(fields, (code) => tally.trap(code, row));
    if (columns.met.midnight) tally.trap('crosses_midnight', row);
    const who = agentOf(fields);
    const outcome = cells.outcome(fields, times, who);
    const understood = {
      times,
      queue: queue(fields) || mapping.queue || '',
      agent: who,
      transferred: cells.transferred(fields) ?? false,
      solved: cells.solved(fields),
    };
    tellOddities(tally, row, { outcome, times, agent: who, hasAgents });
    return {
      key: columns.keyOf(fields),
      arrivedAt: times.arrivedAt,
      channel: cells.channel(fields),
      topic: topic(fields),
      type: type(fields),
      tier: cells.tier(fields),
      customer: customerOf(row),
      outcome,
      events:
        outcome === 'answered' ? answeredEvents(understood) : unansweredEvents(outcome, understood),
      line: row.line,
    };
  };
}

/** Reads contacts from the rows of a table, one a row, as its mapping says. Problems: `import.undecided`, `import.no_arrival`. */
export function tableAssembler(options: TableOptions, sink: Sink, tally: Tally): Assembler {
  const { mapping, zone, header } = options;
  const columns = compileColumns(mapping, zone);
  const { leftOut } = cellReaders(columns, mapping);
  const contactOf = contactReader(options, columns, tally);
  const isFit = rowCheck(columns, header, tally);
  const isBlank = ({ fields }: Row) => fields.every((field) => field.trim() === '');
  return {
    add(row) {
      if (isBlank(row)) {
        tally.leftOut('blank_row', row);
        return;
      }
      if (isHeaderRow(header, row.fields)) {
        tally.header(row);
        return;
      }
      if (!isFit(row)) return;
      // A row that is to be left out may have whatever times it likes.
      const value = leftOut(row.fields);
      if (value !== null) {
        tally.leftOut('outcome_left_out', row, { value });
        return;
      }
      try {
        sink.contact(contactOf(row));
      } catch (error) {
        if (!(error instanceof CellError)) throw error;
        tally.error(error.code, row, error.params);
      }
    },
    end() {},
  };
}
