import type { FastifyRequest } from 'fastify';
import * as contract from '@yingda/contract';
import type { Http } from '../../../../platform/http/handle.ts';
import { storeUpload } from '../../../conversations/index.ts';
import type { Source } from '../domain/origins.ts';
import { requireVisitor } from '../policy.ts';
import * as chat from '../service/chat.ts';
import { openSession, shownWidget } from '../service/sessions.ts';
import { configOf, conversationOf } from '../service/state.ts';

const area = '/api/webchat/';

/**
 * Pages of any origin may ask and read the answer, because no cookie counts here; whether the origin may carry the
 * widget is decided where the widget is known.
 */
function allowOtherPages({ raw }: Http): void {
  raw.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith(area)) return;
    void reply.header('access-control-allow-origin', '*');
    void reply.header('access-control-expose-headers', 'retry-after, x-request-id');
    void reply.header('cross-origin-resource-policy', 'cross-origin');
  });
  raw.options(`${area}*`, async (_request, reply) =>
    reply
      .code(204)
      .header('access-control-allow-methods', 'GET, POST, PUT')
      .header('access-control-allow-headers', 'authorization, content-type')
      .header('access-control-max-age', '7200')
      .send(),
  );
}

const sourceOf = ({ headers: { origin, host } }: FastifyRequest): Source => ({ origin, host });

function agentOf(request: FastifyRequest): string | null {
  return request.headers['user-agent']?.slice(0, 300) ?? null;
}

/** What widgets ask. */
export function mountVisitors(http: Http): void {
  allowOtherPages(http);
  http.handle(contract.getWidgetConfig, async (ctx, { params, request, reply }) => {
    const widget = await shownWidget(ctx, params.key, sourceOf(request));
    void reply.header('cache-control', 'public, max-age=60').header('vary', 'origin');
    return configOf(ctx, widget);
  });
  http.handle(contract.openVisitorSession, (ctx, { body, request }) =>
    openSession(ctx, body, sourceOf(request)),
  );
  http.handle(contract.getVisitorConversation, async (ctx) => ({
    conversation: await conversationOf(ctx, requireVisitor(ctx.actor).visitorId),
  }));
  http.handle(contract.listVisitorMessages, (ctx, { query }) =>
    chat.listMessages(ctx, requireVisitor(ctx.actor), query),
  );
  mountWriting(http);
}

function mountWriting(http: Http): void {
  http.handle(contract.postVisitorMessage, (ctx, { body, request }) =>
    chat.postMessage(ctx, requireVisitor(ctx.actor), { ...body, userAgent: agentOf(request) }),
  );
  http.handle(contract.leaveMessage, (ctx, { body, request }) =>
    chat.leaveMessage(ctx, requireVisitor(ctx.actor), { ...body, userAgent: agentOf(request) }),
  );
  http.handle(contract.saveVisitorEmail, async (ctx, { body }) => {
    await chat.saveEmail(ctx, requireVisitor(ctx.actor), body.email);
    return undefined;
  });
  http.handle(contract.uploadVisitorFile, (ctx, { request }) => {
    requireVisitor(ctx.actor);
    return storeUpload(ctx, request);
  });
  http.handle(contract.markVisitorRead, async (ctx, { body }) => {
    await chat.markRead(ctx, requireVisitor(ctx.actor), body.seq);
    return undefined;
  });
  http.handle(contract.endVisitorConversation, async (ctx) => ({
    conversation: await chat.endConversation(ctx, requireVisitor(ctx.actor)),
  }));
}
