import type { InputOf, openVisitorSession, VisitorSessionView } from '@yingda/contract';
import { newId } from '../../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../../kernel/problem.ts';
import { transact } from '../../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../../platform/ctx.ts';
import type { Source } from '../domain/origins.ts';
import { visitorChanged } from '../events.ts';
import * as store from '../store/visitors.ts';
import type { VisitorRow } from '../store/visitors.ts';
import type { WidgetRow } from '../store/widgets.ts';
import { verifiedVisitor } from './identify.ts';
import { cacheOf, widgetByKey } from './known.ts';
import { configOf, conversationOf } from './state.ts';
import { readVisitorToken, requireOrigin, tokenOf } from './visitors.ts';

type Opening = InputOf<typeof openVisitorSession, 'body'>;

/** The widget with this key, for pages it may stand on. Throws `widget.not_found`, `widget.origin_refused`. */
export async function shownWidget(ctx: Ctx, key: string, from: Source): Promise<WidgetRow> {
  const widget = orProblem(await widgetByKey(ctx, key), 'widget.not_found');
  requireOrigin(ctx.services, widget, from);
  return widget;
}

/** The visitor this browser was before; null when the token is missing, not ours or another widget's. */
async function currentVisitor(
  tx: Tx,
  widget: WidgetRow,
  token: string | undefined,
): Promise<VisitorRow | null> {
  const said = token === undefined ? null : readVisitorToken(tx.services, token);
  if (said?.widgetId !== widget.id) return null;
  return (await store.selectVisitor(tx.db, said.visitorId, { lock: true })) ?? null;
}

async function visitorFor(tx: Tx, widget: WidgetRow, given: Opening): Promise<VisitorRow> {
  const { token, identity, locale } = given;
  const current = await currentVisitor(tx, widget, token);
  if (identity) return verifiedVisitor(tx, { widget, identity, current });
  if (widget.settings.requireIdentity && !current?.externalId) {
    throw new Problem('widget.identity_invalid');
  }
  return current ?? store.insertVisitor(tx.db, { id: newId(), widgetId: widget.id, locale });
}

/**
 * Begins or resumes a visit. Problems: `widget.not_found`, `widget.origin_refused`, `widget.identity_invalid`.
 */
export async function openSession(
  ctx: Ctx,
  given: Opening,
  from: Source,
): Promise<VisitorSessionView> {
  const widget = await shownWidget(ctx, given.widgetKey, from);
  const visitor = await transact(ctx, async (tx) => {
    const { id } = await visitorFor(tx, widget, given);
    const { locale, page } = given;
    tx.emit(visitorChanged, { visitorId: id });
    return store.updateVisitor(tx.db, id, { locale, page, lastSeenAt: new Date() });
  });
  cacheOf(ctx.services).visitors.forget(visitor.id);
  const [conversation, config] = await Promise.all([
    conversationOf(ctx, visitor.id),
    configOf(ctx, widget),
  ]);
  return {
    token: tokenOf(ctx.services, visitor),
    visitorId: visitor.id,
    name: visitor.name,
    verified: visitor.externalId !== null,
    conversation,
    config,
  };
}
