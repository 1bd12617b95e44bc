import type { FastifyInstance } from 'fastify';

const SWEEP_MS = 100;
/** Answers that take longer are cut: whoever stops the product kills it after a while otherwise. */
const PATIENCE_MS = 30_000;

/**
 * Takes no new requests and resolves once those under way are answered. Connections are closed as soon as nothing runs
 * on them: one whose answer was under way when closing began would else be kept open for a minute, for a next request
 * that is refused anyway.
 */
export async function closeServer(app: FastifyInstance): Promise<void> {
  const { server } = app;
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const last = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(last);
  }
}
