import type { Channel, ContactEventType, MappedOutcome } from '@yingda/contract';

/** An event of a contact in a foreign log: queues and agents by the names the log has for them, '' for none. */
export type NamedEvent = {
  type: ContactEventType;
  /** Epoch milliseconds. */
  at: number;
  queue: string;
  agent: string;
  byBot: boolean;
  data: Record<string, unknown>;
};

/** A contact as it came out of a foreign log, whole. */
export type ForeignContact = {
  /** Names it within its log for ever. */
  key: string;
  /** The time in its id where that is not the arrival: one that is the same however the log is cut. */
  idAt?: number;
  arrivedAt: number;
  channel: Channel;
  topic: string;
  type: string;
  tier: string;
  /** Who called, as the log names them; '' unknown. */
  customer: string;
  outcome: Exclude<MappedOutcome, 'leave_out'> | 'open';
  events: NamedEvent[];
  /** Where it was first met. */
  line: number;
};

/** A span of an agent's presence in a foreign log; `untilMs` null: it goes on. */
export type ForeignPresence = {
  agent: string;
  fromMs: number;
  untilMs: number | null;
  state: 'ready' | 'break';
  reason: string | null;
};

/** What importers give away as they read. */
export type Sink = {
  contact(contact: ForeignContact): void;
  presence(span: ForeignPresence): void;
};

/** One line of a file: its fields, and where it stands. */
export type Row = { fields: string[]; line: number; file: string };

/** Builds contacts from the rows of one kind of file. Pure: everything it knows came through `add`. */
export type Assembler = {
  add(row: Row): void;
  /** After the last row: what is still open is given away. */
  end(): void;
};

export const namedEvent = (
  type: ContactEventType,
  at: number,
  more: Partial<Pick<NamedEvent, 'queue' | 'agent' | 'data'>> = {},
): NamedEvent => ({
  type,
  at,
  queue: more.queue ?? '',
  agent: more.agent ?? '',
  byBot: false,
  data: more.data ?? {},
});

/**
 * The same text without the memory behind it: a piece of a long text keeps all of that text alive, so whatever is kept
 * beyond its row goes through here.
 */
export const ownText = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');
