import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  followLog,
  getReport,
  listFollowedLogs,
  removeFollowedLog,
  startImport,
  stopFollowing,
} from '@yingda/contract';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { over, upload } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'follow-'));
afterAll(() => rmSync(folder, { recursive: true }));

let app: TestApp;
let manager: Caller;
beforeAll(async () => {
  app = await testApp({ config: { importDirs: [folder] } });
  manager = await app.newPerson({ role: 'manager' });
});

const enter = (id: number) => `${id}|${id}.1|support|NONE|ENTERQUEUE||138${id}|1\n`;
const connect = (id: number) => `${id + 5}|${id}.1|support|SIP/7|CONNECT|5|x|3\n`;
const complete = (id: number) => `${id + 65}|${id}.1|support|SIP/7|COMPLETECALLER|5|60|1\n`;
const call = (id: number) => enter(id) + connect(id) + complete(id);
const first = 1_795_000_000;

async function countsOf(source: number) {
  const query = {
    from: '2026-11-18',
    to: '2026-11-19',
    sources: String(source),
    standards: 'talk_time',
  };
  const { body } = await app.request(getReport, manager, { query });
  const { contacts, answered, handled } = body.whole.total.counts;
  return { contacts, answered, handled, talk: body.whole.total.values.talk_time };
}
const until = async (source: number, expected: object) => {
  for (;;) {
    const counts = await countsOf(source);
    try {
      expect(counts).toMatchObject(expected);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
};
const begin = async (path: string, log: string): Promise<{ id: string; source: number }> => {
  const { body } = await app.request(followLog, manager, { body: { path, log } });
  return { id: body.id, source: body.sourceId ?? 0 };
};

test('a growing log is counted line by line, through rotation of both kinds', async () => {
  const path = join(folder, 'queue_log');
  writeFileSync(path, call(first));
  const { id, source } = await begin(path, 'pbx');
  await until(source, { contacts: 1, answered: 1, talk: 60 });

  // A call is counted while it goes on; half a line waits for its other half.
  appendFileSync(path, enter(first + 100) + connect(first + 100).slice(0, 20));
  await until(source, { contacts: 2, answered: 1 });
  appendFileSync(path, connect(first + 100).slice(20));
  await until(source, { contacts: 2, answered: 2 });

  // Renamed with lines that nobody has read yet.
  appendFileSync(path, complete(first + 100) + enter(first + 200));
  renameSync(path, `${path}.1`);
  writeFileSync(path, connect(first + 200) + complete(first + 200));
  await until(source, { contacts: 3, answered: 3, talk: 60 });

  // Copied and emptied.
  appendFileSync(path, call(first + 300));
  copyFileSync(path, `${path}.2`);
  truncateSync(path);
  appendFileSync(path, call(first + 400));
  await until(source, { contacts: 5, answered: 5, talk: 60 });

  const { body } = await app.request(listFollowedLogs, manager, {});
  expect(body.items).toMatchObject([{ state: 'following', contacts: 5, sourceId: source }]);
  expect(body.directories).toEqual([folder]);
  await app.request(stopFollowing, manager, { params: { id } });
  appendFileSync(path, call(first + 500));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await countsOf(source)).toMatchObject({ contacts: 5 });
  await app.request(removeFollowedLog, manager, { params: { id } });
  expect(await countsOf(source)).toMatchObject({ contacts: 0 });
});

test('what an import of the log has counted is not counted again', async () => {
  const path = join(folder, 'other_log');
  const text = call(first) + call(first + 100);
  const file = await upload(app, manager, { name: 'other_log.1', bytes: text });
  const body = { fileIds: [file.id], kind: 'queue_log' as const, log: 'other' };
  const { body: started } = await app.request(startImport, manager, { body });
  await over(app, manager, started.id);
  writeFileSync(path, text + call(first + 200));
  const { source } = await begin(path, 'other');
  await until(source, { contacts: 1 });
});

test('only files in the folders that the operator allows are followed, once', async () => {
  const problemOf = async (path: string) => {
    const { problem } = await app.request(followLog, manager, { body: { path, log: 'x' } });
    return problem.code;
  };
  symlinkSync('/etc/passwd', join(folder, 'link'));
  expect(await problemOf('/etc/passwd')).toBe('import.follow_not_allowed');
  expect(await problemOf(`${folder}/../passwd`)).toBe('import.follow_not_allowed');
  expect(await problemOf(join(folder, 'link'))).toBe('import.follow_not_allowed');
  expect(await problemOf(join(folder, 'missing'))).toBe('import.follow_unreadable');
  expect(await problemOf(join(folder, 'other_log'))).toBe('import.follow_twice');
});
