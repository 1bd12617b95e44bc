import { spawnSync } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { ImportMapping } from '@yingda/contract';
import type { ImportKind } from '@yingda/contract';
import { encodingOf } from './adapters/text.ts';
import type { ForeignContact } from './domain/model.ts';
import { createTally } from './domain/tally.ts';
import { openPlan } from './service/reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

const mapping = ImportMapping.parse({
  delimiter: ',',
  columns: [
    { column: 0, header: 'id', role: 'key' },
    { column: 1, header: 'time', role: 'arrived_at', format: 'iso' },
    { column: 2, header: 'agent', role: 'agent' },
    { column: 3, header: 'wait', role: 'wait', unit: 's' },
    { column: 4, header: 'result', role: 'outcome' },
  ],
  outcomes: { yes: 'answered', no: 'abandoned' },
});
const header = 'id,time,agent,wait,result\n';

async function read(
  bytes: Buffer | string,
  kind: ImportKind = 'table',
  with_: ImportMapping = mapping,
) {
  const path = join(folder, String((count += 1)));
  writeFileSync(path, bytes);
  return readPath(path, kind, with_);
}
async function readPath(path: string, kind: ImportKind, with_: ImportMapping) {
  const source = {
    name: 'f',
    size: statSync(path).size,
    path,
    open: async () => createReadStream(path),
  };
  const opened = await openPlan({ kind, zone: 'Asia/Shanghai', mapping: with_, sources: [source] });
  const contacts: ForeignContact[] = [];
  const tally = createTally();
  const assembler = opened.assembler(
    { contact: (one) => contacts.push(one), presence: () => {} },
    tally,
  );
  for await (const { rows, faults } of opened.pieces({})) {
    for (const { code, row } of faults) tally.error(code, row);
    for (const row of rows) assembler.add(row);
  }
  assembler.end();
  const errors = tally
    .notices('errors')
    .map(({ code, params, places }) => [code, params['value'] ?? '', places[0]?.line]);
  return { contacts, errors };
}
const row = (
  id: number,
  more: Partial<Record<'time' | 'agent' | 'wait' | 'result', string>> = {},
) =>
  `${id},${more.time ?? '2026-11-23 10:00:00'},${more.agent ?? '张三'},${more.wait ?? '5'},${more.result ?? 'yes'}\n`;

describe('rows that are wrong', () => {
  test('are told with their line and what is wrong, and the others are read', async () => {
    const { contacts, errors } = await read(
      header +
        row(1) +
        row(2, { time: '23/11/2026' }) +
        row(3, { wait: 'long' }) +
        row(4, { result: 'perhaps' }) +
        '5,2026-11-23 10:00:00\n' +
        row(6, { agent: 'a,b,c' }) +
        row(7, { agent: '"never closed' }) +
        row(8, { agent: '=cmd|"/c calc"!A1' }) +
        row(9),
    );
    expect(contacts.map(({ key }) => key)).toEqual(['1', '8', '9']);
    expect(errors.toSorted((a, b) => Number(a[2]) - Number(b[2]))).toEqual([
      ['time_unreadable', '23/11/2026', 3],
      ['duration_unreadable', 'long', 4],
      ['outcome_unknown', 'perhaps', 5],
      ['too_few_columns', '', 6],
      ['too_many_columns', '', 7],
      ['quote_not_closed', '', 8],
    ]);
  });

  test('with a broken character are not imported under a wrong name', async () => {
    const bytes = Buffer.concat([
      Buffer.from(header + row(1)),
      Buffer.from('2,2026-11-23 10:00:00,\xff\xfe,5,yes\n', 'latin1'),
      Buffer.from(row(3)),
    ]);
    const { contacts, errors } = await read(bytes);
    expect(contacts.map(({ key }) => key)).toEqual(['1', '3']);
    expect(errors).toEqual([['not_decodable', '', 3]]);
  });

  test('nobody knows the meaning of are refused before they are read', async () => {
    const ambiguous = {
      ...mapping,
      columns: mapping.columns.map((column) => ({ ...column, format: null })),
    };
    await expect(read(header + row(1), 'table', ambiguous)).rejects.toMatchObject({
      code: 'import.undecided',
    });
    const other = 'x,y,z\n1,2,3\n';
    await expect(read(other)).rejects.toMatchObject({ code: 'import.wrong_kind' });
    await expect(read('')).rejects.toMatchObject({ code: 'import.empty' });
    await expect(read('hello\nworld\n', 'queue_log')).rejects.toMatchObject({
      code: 'import.wrong_kind',
    });
  });
});

describe('encodings', () => {
  const text = header + row(1).repeat(40);
  const gbk = Buffer.concat(
    text
      .split('张三')
      .flatMap((part, index) => [
        ...(index > 0 ? [Buffer.from([0xd5, 0xc5, 0xc8, 0xfd])] : []),
        Buffer.from(part),
      ]),
  );
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  test.each([
    ['utf-8', Buffer.from(text), 'valid_utf8'],
    ['utf-8', Buffer.from(`\ufeff${text}`), 'bom'],
    ['gb18030', gbk, 'valid_gb18030'],
    ['utf-16le', utf16, 'bom'],
    ['utf-16be', Buffer.from(utf16).swap16(), 'bom'],
    ['utf-16le', Buffer.from(text, 'utf16le'), 'nul_pattern'],
  ])('%s is seen by its bytes', async (encoding, bytes, code) => {
    expect(encodingOf(bytes)).toEqual({ encoding, code });
    const { contacts, errors } = await read(bytes);
    expect(errors).toEqual([]);
    expect(contacts[0]?.events.some(({ agent }) => agent === '张三')).toBe(true);
    expect(contacts).toHaveLength(40);
  });
});

test('a gzip of zeros is refused', async () => {
  const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024));
  await expect(read(bomb)).rejects.toMatchObject({ code: 'import.zip_bomb' });
});

const reader = (path: string, kind: ImportKind): string => `
  import { createReadStream } from 'node:fs';
  import { openPlan } from ${JSON.stringify(join(import.meta.dirname, 'service/reading.ts'))};
  import { createTally } from ${JSON.stringify(join(import.meta.dirname, 'domain/tally.ts'))};
  const source = { name: 'f', size: 0, open: async () => createReadStream(${JSON.stringify(path)}) };
  const mapping = ${JSON.stringify(mapping)};
  const opened = await openPlan({ kind: ${JSON.stringify(kind)}, zone: 'UTC', mapping, sources: [source] });
  let contacts = 0;
  const tally = createTally();
  const assembler = opened.assembler({ contact: () => { contacts += 1; }, presence() {} }, tally);
  for await (const { rows, faults } of opened.pieces({})) {
    for (const { code, row } of faults) tally.error(code, row);
    for (const row of rows) assembler.add(row);
  }
  assembler.end();
  console.log(JSON.stringify([contacts, tally.notices('errors').map(({ code, count }) => [code, count])]));`;

/** Reads in a process that may keep no more than so much; it dies when the file's size tells in its memory. */
function readWithin(megabytes: number, path: string, kind: ImportKind): unknown {
  const options = [
    `--max-old-space-size=${megabytes}`,
    '--input-type=module',
    '-e',
    reader(path, kind),
  ];
  const { stdout, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr.slice(-2000));
  return JSON.parse(stdout);
}

async function fill(name: string, parts: Iterable<string>): Promise<string> {
  const path = join(folder, name);
  const file = createWriteStream(path);
  for (const part of parts) if (!file.write(part)) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
  return path;
}

describe('memory does not grow', () => {
  test('with the rows of a table, whatever their names and errors', async () => {
    const path = await fill(
      'long.csv',
      (function* () {
        yield header;
        for (let i = 0; i < 200_000; i += 1) {
          yield row(i, {
            agent: `agent ${i} ${'x'.repeat(90)}`,
            result: i % 2 === 0 ? 'yes' : `odd ${i}`,
          });
        }
      })(),
    );
    const [contacts, errors] = readWithin(64, path, 'table') as [number, [string, number][]];
    expect(contacts).toBe(100_000);
    expect(errors.reduce((sum, [, times]) => sum + times, 0)).toBe(100_000);
  });

  test('with the calls of a queue log', async () => {
    const path = await fill(
      'queue_log',
      (function* () {
        for (let i = 0; i < 200_000; i += 1) {
          const at = 1_700_000_000 + i * 3;
          yield `${at}|c${i}|q|NONE|ENTERQUEUE||138${i}|1\n${at + 1}|c${i}|q|NONE|ABANDON|1|1|1\n`;
        }
      })(),
    );
    expect(readWithin(64, path, 'queue_log')).toEqual([200_000, []]);
  });

  test('with a line that does not end', async () => {
    const path = await fill(
      'line.csv',
      (function* () {
        yield header + row(1);
        for (let i = 0; i < 300; i += 1) yield 'x'.repeat(1024 * 1024);
        yield `\n${row(2)}`;
      })(),
    );
    expect(readWithin(64, path, 'table')).toEqual([2, [['line_too_long', 1]]]);
  });
});
