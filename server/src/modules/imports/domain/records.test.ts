import { expect, test } from 'vitest';
import { cdrAssembler } from './asterisk-cdr.ts';
import { celAssembler } from './asterisk-cel.ts';
import { switchCsvAssembler, switchJsonAssembler } from './freeswitch.ts';
import type { Assembler, ForeignContact, Sink } from './model.ts';
import { createTally } from './tally.ts';
import type { Tally } from './tally.ts';

const options = {
  toUtc: (at: number) => at,
  channel: 'voice' as const,
  header: null,
  hasQueues: true,
};

function read(make: (sink: Sink, tally: Tally) => Assembler, rows: string[][]) {
  const contacts: ForeignContact[] = [];
  const tally = createTally();
  const assembler = make({ contact: (one) => contacts.push(one), presence: () => {} }, tally);
  rows.forEach((fields, index) => assembler.add({ fields, line: index + 1, file: 'f' }));
  assembler.end();
  const leftOut = Object.fromEntries(
    tally.notices('leftOut').map(({ code, count }) => [code, count]),
  );
  return { contacts, leftOut, errors: tally.notices('errors').map(({ code }) => code) };
}
const seconds = ({ events }: ForeignContact) =>
  events.map(
    ({ type, at, agent }) => `${(at / 1000) % 3600} ${type}${agent === '' ? '' : ` ${agent}`}`,
  );
const day = '2026-11-23 10:';
const cdr = (
  id: string,
  at: [string, string, string],
  more: Partial<Record<'to' | 'app' | 'data' | 'said', string>>,
) => {
  const { to = '', app = 'Queue', data = 'support,tT,,,60', said = 'ANSWERED' } = more;
  const [start, answer, end] = at.map((time) => (time === '' ? '' : day + time));
  const channel = `SIP/trunk-0000${id}`;
  return [
    '',
    '138',
    '100',
    'in',
    '',
    channel,
    to,
    app,
    data,
    start,
    answer,
    end,
    '',
    '',
    said,
    '',
    id,
    '',
  ] as string[];
};

test('rows of one call are one contact, with who did not answer and who did', () => {
  const { contacts, leftOut } = read(
    (sink, tally) => cdrAssembler(options, sink, tally),
    [
      cdr('1', ['00:00', '00:00', '00:10'], { to: 'SIP/7-0000000a', said: 'NO ANSWER' }),
      // The agent's own leg tells when the phone was picked up.
      [
        '',
        '138',
        'a2',
        'agents',
        '',
        'Local/a2@x-0000000b;2',
        '',
        'Wait',
        '',
        `${day}00:11`,
        `${day}00:14`,
        `${day}01:14`,
        '',
        '',
        'ANSWERED',
        '',
        '2',
        '',
      ],
      cdr('1', ['00:11', '00:11', '01:14'], { to: 'Local/a2@x-0000000b;1' }),
      cdr('3', ['02:00', '02:00', '02:30'], {}),
      cdr('4', ['03:00', '03:00', '03:30'], { app: 'Playback' }),
    ],
  );
  expect(contacts.map(({ key, outcome, customer }) => [key, outcome, customer])).toEqual([
    ['1', 'answered', '138'],
    ['3', 'abandoned', '138'],
  ]);
  expect(contacts[0] && seconds(contacts[0])).toEqual([
    '0 arrived',
    '0 queued',
    '10 no_answer SIP/7',
    '11 offered Local/a2@x',
    '14 accepted Local/a2@x',
    '74 solved Local/a2@x',
  ]);
  expect(leftOut).toEqual({ cdr_not_in_queue: 2 });
});

const cel = (
  type: string,
  at: number,
  more: { id: string; channel: string; app?: string; data?: string },
) => {
  const { id, channel, app = '', data = '' } = more;
  return [
    type,
    String(1_795_000_000 + at),
    'Li',
    '138',
    '',
    '',
    '',
    '100',
    'in',
    channel,
    app,
    data,
    '3',
    '',
    id,
    '1',
    '',
    '',
    '',
    '',
  ];
};

test('channel events of one linked id are one contact', () => {
  const caller = { id: '1', channel: 'SIP/trunk-00000001' };
  const agent = { id: '2', channel: 'SIP/7-00000002' };
  const { contacts } = read(
    (sink, tally) => celAssembler(options, sink, tally),
    [
      cel('CHAN_START', 0, caller),
      cel('APP_START', 1, { ...caller, app: 'Queue', data: 'support,tT' }),
      cel('CHAN_START', 3, agent),
      cel('BRIDGE_ENTER', 8, agent),
      cel('BRIDGE_EXIT', 68, agent),
      cel('LINKEDID_END', 68, caller),
    ],
  );
  const start = 1_795_000_000 % 3600;
  expect(contacts[0] && seconds(contacts[0])).toEqual([
    `${start} arrived`,
    `${start + 1} queued`,
    `${start + 3} offered SIP/7`,
    `${start + 8} accepted SIP/7`,
    `${start + 68} solved`,
  ]);
  expect(contacts[0]).toMatchObject({ outcome: 'answered', customer: '138' });
});

const leg = (uuid: string, answer: string, cause: string, second = '') => [
  'Li',
  '138',
  '100',
  'default',
  `${day}00:00`,
  answer && day + answer,
  `${day}01:00`,
  '60',
  '50',
  cause,
  uuid,
  second,
  '',
  'PCMA',
  'PCMA',
];

test('call records of FreeSWITCH: answered, given up, refused, and second legs left out', () => {
  const { contacts, leftOut, errors } = read(
    (sink, tally) => switchCsvAssembler(options, sink, tally),
    [
      leg('a', '00:10', 'NORMAL_CLEARING', 'b'),
      leg('b', '00:10', 'NORMAL_CLEARING'),
      leg('c', '', 'ORIGINATOR_CANCEL'),
      leg('d', '', 'USER_BUSY'),
      ['rubbish'],
    ],
  );
  expect(contacts.map(({ key, outcome }) => [key, outcome])).toEqual([
    ['a', 'answered'],
    ['c', 'abandoned'],
    ['d', 'blocked'],
  ]);
  expect(contacts[0]?.events.at(-1)?.data).toMatchObject({ talkMs: 50_000 });
  expect([leftOut, errors]).toEqual([{ second_leg: 1 }, ['cdr_row_unreadable']]);
});

test('JSON records of FreeSWITCH have queue, agent and hold', () => {
  const variables = {
    uuid: 'a',
    direction: 'inbound',
    start_epoch: '1795000000',
    end_epoch: '1795000100',
    cc_queue: 'support%40default',
    cc_side: 'member',
    cc_agent: '1001%40default',
    cc_queue_joined_epoch: '1795000005',
    cc_queue_answered_epoch: '1795000020',
    hold_accum_seconds: '10',
    caller_id_number: '138',
    hangup_cause: 'NORMAL_CLEARING',
  };
  const lost = { ...variables, uuid: 'b', cc_agent: '', cc_queue_answered_epoch: '0' };
  const other = { ...variables, uuid: 'c', cc_side: 'agent' };
  const rows = [variables, lost, other].map((one) => [JSON.stringify({ variables: one })]);
  const { contacts, leftOut, errors } = read(
    (sink, tally) => switchJsonAssembler(options, sink, tally),
    [...rows, ['{"a":']],
  );
  expect(contacts.map(({ outcome }) => outcome)).toEqual(['answered', 'abandoned']);
  expect(contacts[0]?.events.find(({ type }) => type === 'accepted')).toMatchObject({
    queue: 'support',
    agent: '1001',
    at: 1_795_000_020_000,
  });
  expect(contacts[0]?.events.at(-1)?.data).toMatchObject({ talkMs: 70_000, holdMs: 10_000 });
  expect([leftOut, errors]).toEqual([{ second_leg: 1 }, ['json_unreadable']]);
});
