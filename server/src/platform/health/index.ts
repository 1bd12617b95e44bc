/** Throws when the thing does not work; the text of the error is shown to the operator. */
export type HealthCheck = () => Promise<void> | void;

export type CheckReport = { status: 'ok' | 'failed'; ms: number; problem?: string };
export type HealthReport = { status: 'ok' | 'degraded'; checks: Record<string, CheckReport> };

export type Health = {
  /** Adds a check under a name, in place of an earlier one of that name. */
  register(name: string, check: HealthCheck): void;
  /** Runs all checks side by side. */
  report(): Promise<HealthReport>;
};

const PATIENCE_MS = 3_000;

async function runCheck(check: HealthCheck, patienceMs: number): Promise<CheckReport> {
  const start = performance.now();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`no answer within ${patienceMs} ms`)),
    patienceMs,
  );
  try {
    await Promise.race([Promise.resolve().then(check), late]);
    return { status: 'ok', ms: Math.round(performance.now() - start) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { status: 'failed', ms: Math.round(performance.now() - start), problem };
  } finally {
    clearTimeout(timer);
  }
}

/** A registry of named checks. A check that gives no answer within `patienceMs` (3 s) has failed. */
export function createHealth(patienceMs: number = PATIENCE_MS): Health {
  const checks = new Map<string, HealthCheck>();
  return {
    register: (name, check) => void checks.set(name, check),
    async report() {
      const entries = await Promise.all(
        [...checks].map(
          async ([name, check]) => [name, await runCheck(check, patienceMs)] as const,
        ),
      );
      const ok = entries.every(([, report]) => report.status === 'ok');
      return { status: ok ? 'ok' : 'degraded', checks: Object.fromEntries(entries) };
    },
  };
}
