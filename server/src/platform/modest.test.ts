import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { beModest } from './modest.ts';

const children: ReturnType<typeof spawn>[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function neighbour(detached: boolean): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached });
  children.push(child);
  return child.pid ?? 0;
}
const shareOf = (pid: number): string => readFileSync(`/proc/${pid}/autogroup`, 'utf8');
const sharesBySession = existsSync('/proc/self/autogroup') && shareOf(process.pid) !== '';

test('a modest process stands behind the others', async () => {
  const pid = neighbour(true);
  await beModest(pid);
  expect(getPriority(pid)).toBe(15);
});

test.runIf(sharesBySession)('so does its session, where it has one of its own', async () => {
  const own = neighbour(true);
  await beModest(own);
  expect(shareOf(own)).toMatch(/ nice 15$/m);
});

test.runIf(sharesBySession)('a session shared with others stays as it is', async () => {
  const before = shareOf(process.pid);
  await beModest(neighbour(false));
  expect(shareOf(process.pid)).toBe(before);
});

test('a process that is gone hurts nobody', async () => {
  await expect(beModest(2 ** 22)).resolves.toBeUndefined();
});
