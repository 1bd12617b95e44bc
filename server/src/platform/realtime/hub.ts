import type { LiveEvent } from '@yingda/contract';
import { newId } from '../../kernel/ids.ts';
import { sendText } from './connection.ts';
import type { Connection } from './connection.ts';

/** How much is kept for clients that come back: about a minute at a busy centre, at most this many frames. */
const KEPT_FRAMES = 4_000;
const KEPT_MS = 120_000;
const CHUNK = 500;

type Kept = { seq: number; at: number; rooms: string[]; text: string };

/** The sockets of this process and the rooms they are in. Every delivered event takes the next number of the stream. */
export class Hub {
  /** Names this stream: numbers of another process or of an earlier run mean nothing here. */
  #epoch = newId();
  #seq = 0;
  readonly #connections = new Set<Connection>();
  readonly #rooms = new Map<string, Set<Connection>>();
  #kept: Kept[] = [];

  get position(): { epoch: string; seq: number } {
    return { epoch: this.#epoch, seq: this.#seq };
  }
  get size(): number {
    return this.#connections.size;
  }
  connections(): Iterable<Connection> {
    return this.#connections;
  }
  watched(room: string): boolean {
    return this.#rooms.has(room);
  }
  membersOf(room: string): Iterable<Connection> {
    return this.#rooms.get(room) ?? [];
  }

  add(connection: Connection): void {
    this.#connections.add(connection);
    for (const room of connection.rooms) this.#enter(connection, room);
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection);
    for (const room of connection.rooms) this.leave(connection, room);
  }

  join(connection: Connection, room: string): void {
    connection.rooms.add(room);
    this.#enter(connection, room);
  }

  #enter(connection: Connection, room: string): void {
    const members = this.#rooms.get(room);
    if (members) members.add(connection);
    else this.#rooms.set(room, new Set([connection]));
  }

  leave(connection: Connection, room: string): void {
    connection.rooms.delete(room);
    const members = this.#rooms.get(room);
    members?.delete(connection);
    if (members?.size === 0) this.#rooms.delete(room);
  }

  /** Gives the event to every connection in any of the rooms, once each. */
  deliver(rooms: string[], event: LiveEvent): void {
    this.#seq += 1;
    const text = JSON.stringify({ t: 'event', seq: this.#seq, event });
    this.#keep({ seq: this.#seq, at: Date.now(), rooms, text });
    const [only] = rooms;
    const receivers =
      rooms.length === 1 && only !== undefined
        ? (this.#rooms.get(only) ?? new Set<Connection>())
        : new Set(rooms.flatMap((room) => [...(this.#rooms.get(room) ?? [])]));
    if (receivers.size <= CHUNK) for (const connection of receivers) sendText(connection, text);
    else this.#sendInChunks([...receivers], text);
  }

  /** A crowd is served in turns, so that one announcement does not hold up the messages behind it. */
  #sendInChunks(receivers: Connection[], text: string): void {
    for (const connection of receivers.slice(0, CHUNK)) sendText(connection, text);
    const rest = receivers.slice(CHUNK);
    if (rest.length > 0) setImmediate(() => this.#sendInChunks(rest, text));
  }

  #keep(frame: Kept): void {
    this.#kept.push(frame);
    if (this.#kept.length < KEPT_FRAMES * 1.5) return;
    const oldest = frame.at - KEPT_MS;
    this.#kept = this.#kept.slice(-KEPT_FRAMES).filter(({ at }) => at >= oldest);
  }

  /**
   * Sends what the connection missed since `from`, in the rooms it is in. False when that is not known here (another
   * process, a restart, too long ago): the client then fetches anew what it shows.
   */
  replay(connection: Connection, from: { epoch: string; seq: number }): boolean {
    if (from.epoch !== this.#epoch || from.seq > this.#seq) return false;
    const first = this.#kept[0]?.seq ?? this.#seq + 1;
    if (from.seq + 1 < first) return false;
    for (const { seq, rooms, text } of this.#kept) {
      if (seq > from.seq && rooms.some((room) => connection.rooms.has(room))) {
        sendText(connection, text);
      }
    }
    return true;
  }

  /** Tells every client that it may have missed something, and begins a new stream. */
  gap(): void {
    this.#epoch = newId();
    this.#kept = [];
    const text = JSON.stringify({ t: 'gap', ...this.position });
    this.#sendInChunks([...this.#connections], text);
  }
}
