import { expect, test } from 'vitest';
import { faultsOf } from './check-words.ts';

test.each([
  ['a.ts', "const data = '/home/mei/data';"],
  ['a.md', 'cd /root/yingda'],
  ['a.ts', '// TODO later'],
  ['a.test.ts', "test.only('x', () => {});"],
  ['a.test.ts', "describe.skip('x', () => {});"],
  ['package-lock.json', '"resolved": "https://registry.example/x.tgz"'],
])('%s may not say: %s', (path, text) => {
  expect(faultsOf(path, text)).toHaveLength(1);
});

test.each([
  ['a.ts', "route('/api/work/items')"],
  ['a.ts', "import { home } from './home/index.ts';"],
  ['a.ts', 'const todo = list.skip(3);'],
  ['package-lock.json', '"resolved": "contract"'],
])('%s may say: %s', (path, text) => {
  expect(faultsOf(path, text)).toEqual([]);
});
