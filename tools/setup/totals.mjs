import { existsSync, readFileSync } from 'node:fs';

const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/** A file that cannot even be loaded has no test to count; it counts as one failed. */
function brokenFiles(results) {
  return results.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  ).length;
}

/** A run that failed or did nothing, and names no failed test, counts as one failed: silence is no success. */
function explained(totals, exitCode) {
  const silent = totals.failed === 0 && (exitCode !== 0 || totals.passed === 0);
  return silent ? { ...totals, failed: 1 } : totals;
}

/** The totals of one run from vitest's JSON report; `exitCode` is the run's own. */
export function totalsOf(file, exitCode) {
  if (!existsSync(file)) return explained(NOTHING, exitCode);
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const totals = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles(report.testResults),
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return explained(totals, exitCode);
}

/** The totals that a part of the run wrote down, with its exit code as text. */
export function partTotals(text, exitText) {
  return explained(text === '' ? NOTHING : JSON.parse(text), Number(exitText || 1));
}

/** The failed checks from what `npm run check` printed; those that are well are no tests and do not count. */
export function checkTotals(log, exitText) {
  const failed = Number(/^\d+ of \d+ checks ok, (\d+) failed$/m.exec(log)?.[1] ?? 1);
  return { ...NOTHING, failed: failed === 0 && Number(exitText || 1) !== 0 ? 1 : failed };
}

/** The sum of several totals. */
export function sumOf(totals) {
  return totals.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    NOTHING,
  );
}

/** The closing line: `N passed, N failed`, with the skipped ones when there are any. */
export function lineOf({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
