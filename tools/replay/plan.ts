import { randomOf } from '../load/random.ts';
import type { Random } from '../load/random.ts';
import type { CityRequest } from './requests.ts';

/** What somebody does with an order, and when on the simulated clock. */
export type Deed = {
  at: number;
  by: 'agent' | 'handler' | 'customer';
  do: { kind: 'create' | 'take' | 'pause' | 'resume' | 'confirm' } | { kind: 'move'; move: string };
};
/** All that will happen to the order of a request, in order. */
export type Life = {
  request: CityRequest;
  flow: 'house' | 'complaint';
  department: string;
  /** Which of the agents and handlers it falls to. */
  person: number;
  deeds: Deed[];
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Mostly soon, sometimes late, now and then after days; never less than a second. */
function lag(random: Random, [soon, late, longest]: [number, number, number]): number {
  const kind = random.next();
  const most = kind < 0.8 ? soon : kind < 0.95 ? late : longest;
  return 1_000 + Math.floor(random.next() * most);
}

class Diary {
  readonly deeds: Deed[] = [];
  readonly #random: Random;
  now: number;

  constructor(random: Random, start: number) {
    this.#random = random;
    this.now = start;
  }

  note(by: Deed['by'], what: Deed['do'], at = this.now): void {
    this.now = Math.max(at, this.now);
    this.deeds.push({ at: this.now, by, do: what });
  }

  move(by: Deed['by'], move: string): void {
    this.note(by, { kind: 'move', move });
  }

  wait(...how: [number, number, number]): void {
    this.now += lag(this.#random, how);
  }

  /** Now and then somebody waits for the customer. */
  pauseSometimes(by: Deed['by'], share: number): void {
    if (!this.#random.chance(share)) return;
    this.wait(HOUR, 8 * HOUR, 30 * HOUR);
    this.note(by, { kind: 'pause' });
    this.wait(4 * HOUR, 30 * HOUR, 90 * HOUR);
    this.note(by, { kind: 'resume' });
    this.wait(HOUR, 4 * HOUR, 20 * HOUR);
  }
}

function transfer(diary: Diary, random: Random): void {
  diary.wait(HOUR, 6 * HOUR, 40 * HOUR);
  diary.pauseSometimes('agent', 0.04);
  diary.move('agent', 'transfer');
  if (!random.chance(0.03)) return;
  diary.wait(HOUR, 20 * HOUR, 60 * HOUR);
  diary.move('handler', 'send_back');
  transfer(diary, random);
}

/** `closedAt`: when the city says that it was done. */
function work(diary: Diary, random: Random, closedAt: number): void {
  diary.wait(20 * MINUTE, 2 * HOUR, 10 * HOUR);
  if (random.chance(0.5)) diary.note('handler', { kind: 'take' });
  diary.pauseSometimes('handler', 0.12);
  diary.now = Math.max(closedAt, diary.now + 2 * MINUTE);
  if (random.chance(0.1)) diary.wait(40 * HOUR, 90 * HOUR, 200 * HOUR);
}

function confirm(diary: Diary, random: Random): void {
  if (random.chance(0.1)) diary.note('customer', { kind: 'confirm' });
  else diary.move('agent', 'confirmed');
}

function houseLife(diary: Diary, random: Random, closedAt: number): void {
  let place: 'intake' | 'department' = 'intake';
  for (let round = 0; ; round += 1) {
    if (place === 'intake' && random.chance(0.08)) {
      diary.wait(HOUR, 6 * HOUR, 40 * HOUR);
      diary.move('agent', 'solve');
    } else {
      if (place === 'intake') transfer(diary, random);
      work(diary, random, round === 0 ? closedAt : diary.now);
      diary.move('handler', 'answer');
    }
    diary.wait(2 * HOUR, 12 * HOUR, 60 * HOUR);
    diary.pauseSometimes('agent', 0.03);
    diary.move('agent', 'replied');
    diary.wait(10 * HOUR, 50 * HOUR, 150 * HOUR);
    if (round > 2 || !random.chance(0.06)) return confirm(diary, random);
    place = random.chance(0.4) ? 'intake' : 'department';
    diary.move('agent', place === 'intake' ? 'not_solved_intake' : 'not_solved');
  }
}

function complaintLife(diary: Diary, random: Random, closedAt: number): void {
  diary.wait(25 * MINUTE, 80 * MINUTE, 10 * HOUR);
  diary.move('agent', 'contacted');
  for (let round = 0; ; round += 1) {
    diary.wait(4 * HOUR, 20 * HOUR, 80 * HOUR);
    diary.pauseSometimes('agent', 0.1);
    diary.move('agent', 'agreed');
    work(diary, random, round === 0 ? closedAt : diary.now);
    diary.move('handler', 'analysed');
    diary.wait(60 * HOUR, 190 * HOUR, 260 * HOUR);
    if (round > 1 || !random.chance(0.06)) return confirm(diary, random);
    diary.move('agent', 'not_solved');
  }
}

/** What will happen to the order of a request: the same each time. Its creation and its answer are those of the file. */
export function lifeOf(request: CityRequest): Life {
  const random = randomOf(Number(request.key));
  const flow = random.chance(0.15) ? 'complaint' : 'house';
  const person = random.int(1_000);
  const diary = new Diary(random, request.createdAt);
  diary.note('agent', { kind: 'create' });
  const live = flow === 'house' ? houseLife : complaintLife;
  live(diary, random, request.closedAt ?? request.createdAt);
  return { request, flow, department: request.borough, person, deeds: diary.deeds };
}
