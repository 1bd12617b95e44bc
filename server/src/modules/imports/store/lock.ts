import type { PoolClient } from 'pg';
import type { Ctx } from '../../../platform/ctx.ts';

/**
 * Runs work that only one process may do at a time, for as long as it runs: the lock is this connection's, so it ends
 * with the process however that ends. Undefined: somebody else is at it.
 */
export async function exclusively<T>(
  ctx: Ctx,
  names: string[],
  work: () => Promise<T>,
): Promise<T | undefined> {
  const client: PoolClient = await ctx.services.database.pool.connect();
  try {
    for (const name of names) {
      const { rows } = await client.query<{ got: boolean }>(
        `select pg_try_advisory_lock(hashtextextended($1, 0)) as got`,
        [`imports/${name}`],
      );
      if (!rows[0]?.got) return undefined;
    }
    return await work();
  } finally {
    await client.query('select pg_advisory_unlock_all()').then(
      () => client.release(),
      () => client.release(true),
    );
  }
}
