import * as contract from '@yingda/contract';
import type { Http } from '../../../platform/http/handle.ts';
import { presentMe, presentSession } from '../present.ts';
import { needsSetup, organisation, setUp } from '../service/founding.ts';
import { acceptInvitation, readInvitation } from '../service/invitations.ts';
import { changeMe, listSessions, readMe, revokeSession } from '../service/me.ts';
import { authOf } from '../service/sign-in/library.ts';

function mountMe(http: Http): void {
  http.handle(contract.getMe, async (ctx, { request, reply }) => {
    const me = await readMe(ctx);
    if (me.actor.via === 'session' && request.headers.cookie) {
      // The desk asks this whenever it is opened: the moment to prolong the session.
      const cookies = await authOf(ctx.services).prolong(request.headers.cookie);
      if (cookies.length > 0) void reply.header('set-cookie', cookies);
    }
    return presentMe(me);
  });
  http.handle(contract.updateMe, async (ctx, { body }) => presentMe(await changeMe(ctx, body)));
  http.handle(contract.listMySessions, async (ctx) => {
    const current = ctx.actor.kind === 'user' ? ctx.actor.sessionId : null;
    const sessions = await listSessions(ctx);
    return { items: sessions.map((session) => presentSession(session, current)) };
  });
  http.handle(contract.revokeMySession, async (ctx, { params }) => revokeSession(ctx, params.id));
}

function mountSetup(http: Http): void {
  http.handle(contract.getSetup, async (ctx) => {
    const [{ name, demo }, needed] = [await organisation(ctx), await needsSetup(ctx)];
    return {
      needed,
      singleSignOn: http.services.config.oidc?.name ?? null,
      mailConfigured: http.services.mailer.isConfigured,
      organisationName: name,
      demo,
    };
  });
  http.handle(contract.setUp, async (ctx, { body, request }) => setUp(ctx, body, request.ip));
}

/** What a person does for themselves: profile, sessions, first run, accepting an invitation. */
export function mountOwn(http: Http): void {
  mountMe(http);
  mountSetup(http);
  http.handle(contract.readInvitation, async (ctx, { params }) =>
    readInvitation(ctx, params.token),
  );
  http.handle(contract.acceptInvitation, async (ctx, { params, body, request }) =>
    acceptInvitation(ctx, params.token, { ...body, ip: request.ip }),
  );
}
