import { z } from 'zod';
import type { VisitorActor } from '../../../../kernel/actor.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { systemCtx } from '../../../../platform/ctx.ts';
import type { Ctx, Services } from '../../../../platform/ctx.ts';
import type { Authenticator } from '../../../../platform/module.ts';
import { readToken, signToken } from '../../../../platform/secrets/index.ts';
import { isOriginAllowed } from '../domain/origins.ts';
import type { Source } from '../domain/origins.ts';
import type { WidgetRow } from '../store/widgets.ts';
import { knownVisitor, widgetById } from './known.ts';

const prefix = 'yv_';
const purpose = 'webchat.visitor';
const Payload = z.tuple([z.uuid(), z.uuid()]);

/** The visitor's token: good for this visitor at this widget, until the widget is deleted or the visitor forgotten. */
export function tokenOf(
  { config }: Services,
  { id, widgetId }: { id: string; widgetId: string },
): string {
  return prefix + signToken(config.authSecret, [widgetId, id], { purpose });
}

/** What a token says, or null when we did not make it. */
export function readVisitorToken(
  { config }: Services,
  token: string,
): { widgetId: string; visitorId: string } | null {
  if (!token.startsWith(prefix)) return null;
  const said = Payload.safeParse(
    readToken(config.authSecret, token.slice(prefix.length), { purpose }),
  );
  return said.success ? { widgetId: said.data[0], visitorId: said.data[1] } : null;
}

/** Refuses pages that may not carry the widget. Throws `widget.origin_refused`. */
export function requireOrigin({ config }: Services, { settings }: WidgetRow, from: Source): void {
  if (isOriginAllowed(from, settings.allowedOrigins, config.baseUrl)) return;
  throw new Problem('widget.origin_refused');
}

/** Visitors of HTTP calls and of sockets. */
export const visitorAuthenticator: Authenticator = async ({ token, headers }, services) => {
  if (!token?.startsWith(prefix)) return null;
  const said = readVisitorToken(services, token);
  if (!said) throw new Problem('auth.token_invalid');
  const ctx = systemCtx(services, 'webchat');
  const [widget, visitor] = await Promise.all([
    widgetById(ctx, said.widgetId),
    knownVisitor(ctx, said.visitorId),
  ]);
  if (!widget || visitor?.widgetId !== widget.id) throw new Problem('auth.token_invalid');
  requireOrigin(services, widget, { origin: headers.origin, host: headers.host });
  const { id: visitorId, customerId, customerName: name } = visitor;
  return { kind: 'visitor', visitorId, customerId, widgetId: widget.id, name };
};

/** The visitor who asks, with the widget. */
export async function visitOf(ctx: Ctx, { visitorId, widgetId }: VisitorActor) {
  const [visitor, widget] = await Promise.all([
    knownVisitor(ctx, visitorId),
    widgetById(ctx, widgetId),
  ]);
  if (!visitor || !widget) throw new Problem('auth.token_invalid');
  return { visitor, widget };
}
