import { systemCtx } from '../../../platform/ctx.ts';
import type { Http } from '../../../platform/http/handle.ts';
import { authPath } from '../adapters/better-auth.ts';
import { answerSignIn } from '../service/sign-in/request.ts';

/** Mounts the sign-in library below `/api/auth`. */
export function mountSignIn({ raw, services }: Http): void {
  raw.route({
    method: ['GET', 'POST'],
    url: `${authPath}/*`,
    config: {
      rateLimit: { max: 240, timeWindow: 60_000, keyGenerator: (request) => request.ip },
    },
    async handler(request, reply) {
      const ctx = { ...systemCtx(services, 'sign-in'), requestId: request.id };
      const { method, url, headers, body, ip } = request;
      const answer = await answerSignIn(ctx, { method, url, headers, body, ip });
      void reply.code(answer.status).header('cache-control', 'no-store');
      if (answer.cookies.length > 0) void reply.header('set-cookie', answer.cookies);
      if (answer.location !== null) void reply.header('location', answer.location);
      return reply.send(answer.body);
    },
  });
}
