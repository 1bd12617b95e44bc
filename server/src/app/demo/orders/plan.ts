import type { matters } from './matters.ts';

/** How far an order of the demo has come. */
export type Ending =
  | 'intake'
  | 'inbox'
  | 'working'
  | 'paused'
  | 'sent_back'
  | 'answered'
  | 'callback'
  | 'closed'
  | 'direct'
  | 'cancelled'
  | 'reopened'
  | 'contact'
  | 'solution'
  | 'cause'
  | 'follow_up'
  | 'settled';

export type Planned = {
  matter: keyof typeof matters;
  /** Who comes, as a place in the list of people. */
  person: number;
  ending: Ending;
  /** When it was recorded: days before today and the clock, or minutes before now. */
  recorded: [days: number, hour: number, minute: number] | { minutesAgo: number };
  /** The department takes so much longer than it should. */
  slow?: true;
};

const at = (days: number, hour: number, minute = 0): [number, number, number] => [
  days,
  hour,
  minute,
];
const ago = (minutesAgo: number) => ({ minutesAgo });

type Row = [
  matter: Planned['matter'],
  person: number,
  ending: Ending,
  recorded: Planned['recorded'],
  slow?: 'slow',
];

const present: Row[] = [
  ['stuck', 1, 'intake', ago(18)],
  ['invoice', 4, 'intake', ago(47)],
  ['group', 6, 'intake', ago(95)],
  ['lamp', 10, 'intake', at(2, 16, 20)],
  ['rack', 16, 'inbox', ago(130)],
  ['parts', 8, 'inbox', at(1, 19, 40)],
  ['tabletop', 14, 'inbox', at(2, 14, 5)],
  ['curtain', 18, 'inbox', at(7, 10, 30)],
  ['address', 11, 'working', ago(200)],
  ['desk', 20, 'working', at(1, 11, 15)],
  ['mattress', 9, 'working', at(2, 18, 10)],
  ['stairs', 13, 'working', at(6, 15, 45)],
  ['drawing', 17, 'working', at(8, 9, 50)],
  ['recliner', 22, 'working', at(3, 13, 30)],
  ['carpet', 12, 'paused', at(3, 10, 10)],
  ['hinge', 2, 'paused', at(2, 9, 40)],
  ['price', 19, 'sent_back', at(3, 17, 25)],
  ['points', 5, 'answered', at(2, 10, 35)],
  ['recliner', 15, 'answered', at(4, 14, 20)],
  ['design', 21, 'answered', at(6, 9, 30)],
  ['rack', 7, 'callback', at(2, 9, 30)],
  ['fitter', 23, 'callback', at(2, 11, 0)],
  ['stairs', 10, 'callback', at(3, 18, 30)],
  ['hinge', 16, 'callback', at(3, 16, 0)],
  ['parts', 12, 'callback', at(3, 19, 10)],
  ['desk', 9, 'callback', at(6, 10, 15)],
  ['scratched', 0, 'contact', ago(12)],
  ['delayed', 13, 'contact', ago(75)],
  ['promise', 22, 'solution', at(1, 15, 10)],
  ['shattered', 3, 'cause', at(2, 9, 20)],
  ['wobbling', 18, 'cause', at(9, 10, 40)],
  ['chipped', 20, 'follow_up', at(5, 13, 15)],
  ['lost', 8, 'follow_up', at(6, 11, 50)],
  ['rusty', 11, 'follow_up', at(10, 9, 35)],
];

const past: Row[] = [
  ['invoice', 16, 'direct', at(1, 10, 20)],
  ['address', 5, 'direct', at(2, 15, 30)],
  ['points', 14, 'direct', at(5, 11, 10)],
  ['price', 7, 'direct', at(9, 16, 45)],
  ['stuck', 9, 'closed', at(8, 10, 15)],
  ['lamp', 21, 'closed', at(10, 14, 25)],
  ['mattress', 17, 'closed', at(13, 11, 35), 'slow'],
  ['curtain', 11, 'closed', at(16, 9, 45)],
  ['drawing', 23, 'closed', at(20, 15, 5), 'slow'],
  ['carpet', 6, 'closed', at(24, 13, 40)],
  ['rack', 13, 'closed', at(28, 10, 55)],
  ['tabletop', 0, 'closed', at(33, 16, 20)],
  ['recliner', 19, 'reopened', at(18, 9, 30)],
  ['fitter', 12, 'reopened', at(26, 14, 50)],
  ['group', 15, 'cancelled', at(11, 10, 5)],
  ['design', 4, 'closed', at(38, 11, 20)],
  ['scratched', 10, 'settled', at(14, 9, 25)],
  ['shattered', 14, 'settled', at(17, 13, 45)],
  ['chipped', 7, 'settled', at(19, 10, 30)],
  ['delayed', 21, 'settled', at(22, 16, 10), 'slow'],
  ['scratched', 17, 'settled', at(27, 11, 15)],
  ['wobbling', 6, 'settled', at(30, 9, 55)],
  ['shattered', 19, 'settled', at(34, 14, 35)],
  ['rusty', 23, 'settled', at(37, 10, 45), 'slow'],
  ['lost', 15, 'settled', at(41, 15, 20)],
  ['chipped', 5, 'settled', at(46, 9, 40)],
  ['drilled', 12, 'settled', at(49, 13, 25)],
  ['promise', 9, 'settled', at(53, 11, 5)],
  ['scratched', 1, 'settled', at(58, 10, 20)],
  ['delayed', 4, 'settled', at(62, 14, 15)],
  ['cracked', 16, 'settled', at(66, 9, 30)],
  ['rusty', 2, 'settled', at(71, 16, 5)],
  ['quoted', 8, 'settled', at(77, 11, 50)],
  ['chipped', 18, 'settled', at(83, 10, 25), 'slow'],
];

const planOf = ([matter, person, ending, recorded, slow]: Row): Planned => ({
  matter,
  person,
  ending,
  recorded,
  ...(slow && { slow: true }),
});

/** Every state an order can be in, calls due today, and a quarter of a year of complaints to learn from. */
export const planned: readonly Planned[] = [...present, ...past].map(planOf);
