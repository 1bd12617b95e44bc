import * as contract from '@yingda/contract';
import type { SavedView, ScheduleView, SendingView } from '@yingda/contract';
import type { Ctx } from '../../platform/ctx.ts';
import type { Http } from '../../platform/http/handle.ts';
import { namesOf, organisation } from '../identity/index.ts';
import { presentSchedule, presentSending, presentView } from './present.ts';
import { exportFile } from './service/export.ts';
import { exportAddress } from './service/letter.ts';
import { sendFile } from './service/send-file.ts';
import * as schedules from './service/schedules.ts';
import type { Sending } from './service/schedules.ts';
import type { ScheduleRow } from './store/schedules.ts';
import * as views from './service/views.ts';
import type { View } from './service/views.ts';

async function present(ctx: Ctx, list: View[]): Promise<SavedView[]> {
  const names = await namesOf(
    ctx,
    list.map(({ owner_id: owner }) => owner),
  );
  return list.map((view) => presentView(view, ctx.actor, names));
}

async function presentOne(ctx: Ctx, view: View): Promise<SavedView> {
  return first(await present(ctx, [view]));
}

function mountViews(http: Http): void {
  http.handle(contract.listSavedViews, async (ctx, { query }) => ({
    items: await present(ctx, await views.listViews(ctx, query.page)),
  }));
  http.handle(contract.createSavedView, async (ctx, { body }) =>
    presentOne(ctx, await views.createView(ctx, body)),
  );
  http.handle(contract.updateSavedView, async (ctx, { params, body }) =>
    presentOne(ctx, await views.changeView(ctx, params.id, body)),
  );
  http.handle(contract.deleteSavedView, (ctx, { params }) => views.removeView(ctx, params.id));
  http.handle(contract.exportReport, async (ctx, { query, reply }) =>
    sendFile(reply, await exportFile(ctx, query)),
  );
}

async function presentSchedules(ctx: Ctx, rows: ScheduleRow[]): Promise<ScheduleView[]> {
  const names = await namesOf(
    ctx,
    rows.flatMap(({ people, owner_id: owner }) => [...people, owner]),
  );
  return rows.map((row) => presentSchedule(row, names));
}

async function presentSendings(ctx: Ctx, list: Sending[]): Promise<SendingView[]> {
  const names = await namesOf(
    ctx,
    list.flatMap(({ deliveries }) => deliveries.flatMap(({ user_id: id }) => id ?? [])),
  );
  return list.map((one) => presentSending(one, names));
}

function first<T>([only]: T[]): T {
  if (only === undefined) throw new Error('one is one');
  return only;
}

function mountSchedules(http: Http): void {
  http.handle(contract.listSchedules, async (ctx) => ({
    items: await presentSchedules(ctx, await schedules.listSchedules(ctx)),
    canSend: ctx.services.mailer.isConfigured,
    timeZone: (await organisation(ctx)).timeZone,
  }));
  http.handle(contract.createSchedule, async (ctx, { body }) =>
    first(await presentSchedules(ctx, [await schedules.createSchedule(ctx, body)])),
  );
  http.handle(contract.updateSchedule, async (ctx, { params, body }) =>
    first(await presentSchedules(ctx, [await schedules.changeSchedule(ctx, params.id, body)])),
  );
  http.handle(contract.deleteSchedule, (ctx, { params }) =>
    schedules.removeSchedule(ctx, params.id),
  );
  http.handle(contract.previewSchedule, async (ctx, { body }) => {
    const { subject, html, text, files, asked } = await schedules.preview(ctx, body);
    return {
      subject,
      html,
      text,
      files: files.map(({ name, mime, bytes, format }) => ({
        name,
        mime,
        size: bytes.length,
        address: exportAddress(asked, format),
      })),
    };
  });
}

function mountSendings(http: Http): void {
  http.handle(contract.sendScheduleNow, async (ctx, { params, body }) => ({
    sendingId: await schedules.sendNow(ctx, params.id, body.to),
  }));
  http.handle(contract.listSendings, async (ctx, { params, query }) => {
    const { items, nextCursor } = await schedules.listSendings(ctx, {
      scheduleId: params.id,
      cursor: query.cursor,
      limit: query.limit,
    });
    return { items: await presentSendings(ctx, items), nextCursor };
  });
  http.handle(contract.retrySending, async (ctx, { params }) =>
    first(await presentSendings(ctx, [await schedules.retry(ctx, params.id)])),
  );
}

export function mountReports(http: Http): void {
  mountViews(http);
  mountSchedules(http);
  mountSendings(http);
}
