import { describe, expect, test } from 'vitest';
import type { ForeignContact, ForeignPresence } from './model.ts';
import { queueLogAssembler } from './queue-log.ts';
import { readQueueLine } from './queue-log-line.ts';
import { createTally } from './tally.ts';

const utc = (at: number): number => at;

function read(text: string | Record<string, string>, withPresence = false) {
  const contacts: ForeignContact[] = [];
  const spans: ForeignPresence[] = [];
  const tally = createTally();
  const assembler = queueLogAssembler(
    { toUtc: utc, channel: 'voice', withPresence, hasMoreFiles: typeof text !== 'string' },
    { contact: (contact) => contacts.push(contact), presence: (span) => spans.push(span) },
    tally,
  );
  const files = typeof text === 'string' ? { queue_log: text } : text;
  for (const [file, lines] of Object.entries(files)) {
    lines
      .trim()
      .split('\n')
      .forEach((line, index) => assembler.add({ fields: [line.trim()], line: index + 1, file }));
  }
  assembler.end();
  const codes = (kind: 'errors' | 'traps' | 'leftOut') =>
    Object.fromEntries(tally.notices(kind).map(({ code, count }) => [code, count]));
  return { contacts, spans, codes, totals: assembler.totals.result() };
}
const line = ({ events }: ForeignContact): string[] =>
  events.map(({ type, at, queue, agent }) =>
    [at / 1000 - 1000000000, type, queue, agent].filter((part) => part !== '').join(' '),
  );

const answered = `
  1000000000|c1|support|NONE|ENTERQUEUE||13800130001|1
  1000000004|c1|support|Agent/1|RINGNOANSWER|4000
  1000000009|c1|support|Agent/2|CONNECT|9|x.2|3
  1000000039|c1|support|Agent/2|COMPLETECALLER|9|30|1`;

describe('a call', () => {
  test('that is answered has rings, wait and talk', () => {
    const [call] = read(answered).contacts;
    expect(call).toMatchObject({ key: 'c1', outcome: 'answered', customer: '13800130001' });
    expect(call && line(call)).toEqual([
      '0 arrived support',
      '0 queued support',
      '0 offered support Agent/1',
      '4 no_answer support Agent/1',
      '6 offered support Agent/2',
      '9 accepted support Agent/2',
      '39 solved support Agent/2',
    ]);
    expect(call?.events.at(-1)?.data).toMatchObject({ talkMs: 30_000 });
    expect(call?.events.at(-2)?.data).toEqual({ ringMs: 3_000, waitMs: 9_000 });
  });

  test.each([
    ['ABANDON|2|1|7', 'hung_up', 7_000],
    ['EXITWITHTIMEOUT|1|1|60', 'timeout', 60_000],
    ['EXITEMPTY|1|1|5', 'queue_emptied', 5_000],
    ['EXITWITHKEY|1|1|1|4', 'key', 4_000],
  ])('that leaves with %s is abandoned', (verb, reason, waitMs) => {
    const [call] = read(
      `1000000000|c1|q|NONE|ENTERQUEUE||1|1\n1000000060|c1|q|NONE|${verb}`,
    ).contacts;
    expect(call).toMatchObject({ outcome: 'abandoned' });
    expect(call?.events.at(-1)).toMatchObject({ type: 'abandoned', data: { reason, waitMs } });
  });

  test('that times out into another queue is one contact, answered there', () => {
    const { contacts } = read(`
      1000000000|c1|first|NONE|ENTERQUEUE||1|1
      1000000060|c1|first|NONE|EXITWITHTIMEOUT|1|1|60
      1000000061|c1|second|NONE|ENTERQUEUE||1|1
      1000000065|c1|second|SIP/7|CONNECT|4|x|4
      1000000075|c1|second|SIP/7|COMPLETEAGENT|4|10|1`);
    expect(contacts).toHaveLength(1);
    expect(contacts[0]).toMatchObject({ outcome: 'answered' });
    expect(contacts[0] && line(contacts[0])).toEqual([
      '0 arrived first',
      '0 queued first',
      '61 queued second',
      '61 offered second SIP/7',
      '65 accepted second SIP/7',
      '75 solved second SIP/7',
    ]);
  });

  test('passed to a queue is transferred and answered again', () => {
    const [call] = read(`
      1000000000|c1|a|NONE|ENTERQUEUE||1|1
      1000000002|c1|a|SIP/1|CONNECT|2|x|2
      1000000012|c1|a|SIP/1|BLINDTRANSFER|200|xfer|2|10|1
      1000000012|c1|b|NONE|ENTERQUEUE||1|1
      1000000020|c1|b|SIP/2|CONNECT|8|x|2
      1000000050|c1|b|SIP/2|COMPLETECALLER|8|30|1`).contacts;
    expect(call?.events.map(({ type }) => type)).toEqual(
      'arrived queued offered accepted transferred queued offered accepted solved'.split(' '),
    );
  });

  test('refused by its queue has no line of entering it', () => {
    const { contacts, totals } = read(
      '1000000000|c1|tiny|NONE|FULL|\n1000000001|c2|empty|NONE|JOINEMPTY|',
    );
    expect(contacts.map(({ outcome }) => outcome)).toEqual(['blocked', 'blocked']);
    expect(totals.map(({ refused }) => refused)).toEqual([1, 1]);
  });

  test('put on hold talks the less', () => {
    const [call] = read(`
      1000000000|c1|a|NONE|ENTERQUEUE||1|1
      1000000002|c1|a|SIP/1|CONNECT|2|x|2
      1000000010|c1|a|SIP/1|HOLD|
      1000000020|c1|a|SIP/1|UNHOLD|
      1000000032|c1|a|SIP/1|COMPLETECALLER|2|30|1`).contacts;
    expect(call?.events.at(-1)?.data).toMatchObject({ talkMs: 20_000, holdMs: 10_000 });
  });

  test('begun before the log is worked out from what its end says', () => {
    const { contacts, codes } = read('1000000100|c1|a|SIP/1|COMPLETEAGENT|20|50|1');
    expect(contacts[0] && line(contacts[0])).toEqual([
      '30 arrived a',
      '30 queued a',
      '50 accepted a SIP/1',
      '100 solved a SIP/1',
    ]);
    expect(codes('traps')).toEqual({ began_before_log: 1 });
  });

  test('still waiting or talking where the log ends stays open', () => {
    const { contacts, codes } = read('1000000000|c1|a|NONE|ENTERQUEUE||1|1');
    expect(contacts[0]?.outcome).toBe('open');
    expect(codes('traps')).toEqual({ open_at_end: 1 });
  });
});

test('lines cut at rotation are joined, copies of lines dropped, and broken ones told', () => {
  const first = `${answered}\n1000000050|c2|support|NONE|ENTERQUEUE||1|1\n10000000`;
  const second = `60|c2|support|NONE|ABANDON|1|1|10\nrubbish`;
  const { contacts, codes } = read({ 'queue_log.1': first, queue_log: second });
  expect(contacts.map(({ outcome }) => outcome)).toEqual(['answered', 'abandoned']);
  expect(codes('traps')).toEqual({ cut_line_joined: 1 });
  expect(codes('errors')).toEqual({ line_unreadable: 1 });
  const overlap = read({ 'queue_log.1': answered, queue_log: answered });
  expect(overlap.contacts).toHaveLength(1);
  expect(overlap.codes('leftOut')).toEqual({ line_repeated: 4 });
});

test('agents are signed in from their first queue to their last, and pause by all of them', () => {
  const { spans } = read(
    `
    1000000000|NONE|a|SIP/1|ADDMEMBER|
    1000000010|NONE|b|SIP/1|ADDMEMBER|
    1000000020|NONE|a|SIP/1|PAUSE|训练
    1000000030|NONE|b|SIP/1|PAUSE|训练
    1000000040|NONE|NONE|SIP/1|UNPAUSEALL|
    1000000050|NONE|NONE|SIP/1|PAUSEALL|lunch
    1000000060|NONE|NONE|SIP/1|UNPAUSEALL|
    1000000070|NONE|a|SIP/1|REMOVEMEMBER|
    1000000080|NONE|b|SIP/1|REMOVEMEMBER|
    1000000090|NONE|NONE|SIP/2|AGENTLOGIN|SIP/2`,
    true,
  );
  expect(
    spans.map(({ fromMs, untilMs, state, reason }) => [
      fromMs / 1000 - 1e9,
      (untilMs ?? 0) / 1000 - 1e9,
      state,
      reason,
    ]),
  ).toEqual([
    [0, 30, 'ready', null],
    [30, 40, 'break', '训练'],
    [40, 50, 'ready', null],
    [50, 60, 'break', 'lunch'],
    [60, 80, 'ready', null],
  ]);
});

test("Asterisk's own totals are told, with the call it forgets when its agent is taken away", () => {
  const { totals, codes } = read(`
    1000000000|c1|a|NONE|ENTERQUEUE||1|1
    1000000002|c1|a|SIP/1|CONNECT|2|x|2
    1000000005|M|a|SIP/1|REMOVEMEMBER|
    1000000012|c1|a|SIP/1|COMPLETECALLER|2|10|1
    1000000020|c2|a|NONE|ENTERQUEUE||1|1
    1000000030|c2|a|NONE|EXITWITHTIMEOUT|1|1|10
    1000000040|c3|a|NONE|ENTERQUEUE||1|1
    1000000044|c3|a|NONE|EXITWITHKEY|1|1|1|4`);
  expect(totals).toMatchObject([
    {
      queue: 'a',
      entered: 3,
      completed: 1,
      asteriskCompleted: 0,
      asteriskAbandoned: 1,
      leftByKey: 1,
    },
  ]);
  expect(codes('traps')).toMatchObject({ completed_after_removal: 1 });
});

test('a restart ends the calls under way', () => {
  const { contacts } = read(`
    1000000000|c1|a|NONE|ENTERQUEUE||1|1
    1000000010|NONE|NONE|NONE|QUEUESTART|`);
  expect(contacts[0]).toMatchObject({ outcome: 'abandoned' });
});

test.each([
  ['1000000000|c1|a|NONE|ENTERQUEUE||1|1', 1_000_000_000_000],
  ['1000000000.25,c1,a,NONE,ENTERQUEUE,,1,1', 1_000_000_000_250],
  ['"2001-09-09 01:46:40.500","c1","a","NONE","ENTERQUEUE","","1","1"', 1_000_000_000_500],
  ['77,2001-09-09 01:46:40,c1,a,NONE,ENTERQUEUE,|1|1', 1_000_000_000_000],
])('%s is read', (text, at) => {
  const found = readQueueLine(text, utc);
  expect(found).toMatchObject({ at, callId: 'c1', queue: 'a', agent: '', verb: 'ENTERQUEUE' });
  expect(found?.data[1]).toBe('1');
});

test('open calls and what is kept of them do not grow with the log', () => {
  const tally = createTally();
  let given = 0;
  const assembler = queueLogAssembler(
    { toUtc: utc, channel: 'voice', withPresence: false },
    { contact: () => (given += 1), presence: () => {} },
    tally,
  );
  for (let i = 0; i < 20_000; i += 1) {
    const at = 1_000_000_000 + i * 10;
    const lines = [`${at}|c${i}|a|NONE|ENTERQUEUE||1|1`, `${at + 5}|c${i}|a|NONE|ABANDON|1|1|5`];
    for (const text of lines) assembler.add({ fields: [text], line: i, file: 'f' });
  }
  expect(assembler.openCalls().length).toBeLessThan(600);
  expect(given).toBeGreaterThan(19_000);
});
