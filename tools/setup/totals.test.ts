import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkTotals, lineOf, partTotals, sumOf, totalsOf } from './totals.mjs';

const report = (content: object): string => {
  const folder = mkdtempSync(join(tmpdir(), 'yingda-totals-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'report.json'), JSON.stringify(content));
  return join(folder, 'report.json');
};

const counts = (passed: number, failed: number): object => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [],
});

test('a report is counted as it says', () => {
  expect(totalsOf(report(counts(3, 0)), 0)).toEqual({ passed: 3, failed: 0, skipped: 1 });
  expect(totalsOf(report(counts(3, 2)), 1)).toEqual({ passed: 3, failed: 2, skipped: 1 });
});

test('a file that cannot be loaded counts as one failed', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }];
  expect(totalsOf(report({ ...counts(3, 0), testResults }), 1)).toMatchObject({ failed: 1 });
});

test('no report, no test, and an exit code without a failed test are failures', () => {
  expect(totalsOf('/nowhere/report.json', 0)).toMatchObject({ failed: 1 });
  expect(totalsOf(report(counts(0, 0)), 0)).toMatchObject({ failed: 1 });
  expect(totalsOf(report(counts(3, 0)), 1)).toMatchObject({ failed: 1 });
  expect(partTotals('', '0')).toMatchObject({ failed: 1 });
  expect(partTotals('{"passed":2,"failed":0,"skipped":0}', '')).toMatchObject({ failed: 1 });
});

test('failed checks count, as does a check that said nothing', () => {
  expect(checkTotals('x\n3 of 5 checks ok, 2 failed\n', '1')).toMatchObject({ failed: 2 });
  expect(checkTotals('5 of 5 checks ok, 0 failed\n', '0')).toMatchObject({ failed: 0 });
  expect(checkTotals('5 of 5 checks ok, 0 failed\n', '1')).toMatchObject({ failed: 1 });
  expect(checkTotals('', '0')).toMatchObject({ failed: 1 });
});

test('the closing line is the sum', () => {
  const one = { passed: 1, failed: 0, skipped: 0 };
  expect(lineOf(sumOf([one, one]))).toBe('2 passed, 0 failed');
  expect(lineOf(sumOf([one, { passed: 0, failed: 3, skipped: 2 }]))).toBe(
    '1 passed, 3 failed, 2 skipped',
  );
});
