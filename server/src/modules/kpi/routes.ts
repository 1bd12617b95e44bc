import * as contract from '@yingda/contract';
import type { FastifyReply } from 'fastify';
import type { Http } from '../../platform/http/handle.ts';
import { recountJob } from './jobs.ts';
import * as drill from './service/drill.ts';
import * as entries from './service/entries.ts';
import { liveFigures } from './service/live.ts';
import { listMembers } from './service/member-list.ts';
import { rebuildView, startRebuild } from './service/rebuild.ts';
import { answerText } from './service/report-process.ts';
import { changeSettings, kpiSettings } from './service/settings.ts';
import * as shifts from './service/shifts.ts';
import { listSources } from './service/sources.ts';
import * as targets from './service/targets.ts';

function mountSettings(http: Http): void {
  http.handle(contract.getKpiSettings, (ctx) => kpiSettings(ctx));
  http.handle(contract.setKpiSettings, (ctx, { body }) => changeSettings(ctx, body));
  http.handle(contract.listMembers, async (ctx, { query }) => ({
    items: await listMembers(ctx, query),
  }));
  http.handle(contract.listSources, async (ctx) => ({ items: await listSources(ctx) }));
}

function mountEntered(http: Http): void {
  http.handle(contract.listTargets, (ctx) => targets.listTargets(ctx));
  http.handle(contract.createTarget, (ctx, { body }) => targets.addTarget(ctx, body));
  http.handle(contract.deleteTarget, (ctx, { params }) => targets.deleteTarget(ctx, params.id));
  http.handle(contract.listEntries, (ctx, { query }) => entries.listEntries(ctx, query));
  http.handle(contract.createEntries, async (ctx, { body }) => ({
    items: await entries.addEntries(ctx, body.entries),
  }));
  http.handle(contract.deleteEntry, (ctx, { params }) => entries.deleteEntry(ctx, params.id));
  http.handle(contract.listShifts, async (ctx, { query }) => ({
    items: await shifts.listShifts(ctx, query),
  }));
  http.handle(contract.createShifts, async (ctx, { body }) => ({
    items: await shifts.addShifts(ctx, body.shifts),
  }));
  http.handle(contract.deleteShift, (ctx, { params }) => shifts.deleteShift(ctx, params.id));
}

/** Up to a megabyte: checked and written at once it would keep conversations waiting. */
const sendText = (reply: FastifyReply, text: string): FastifyReply =>
  reply.type('application/json').header('cache-control', 'no-store').send(text);

/** Everything about the standards that reads or is entered; counting anew is mounted by whoever counts. */
export function mountReading(http: Http): void {
  mountSettings(http);
  mountEntered(http);
  http.handle(contract.getReport, async (ctx, { query, reply }) =>
    sendText(reply, await answerText(ctx, { what: 'report', query })),
  );
  http.handle(contract.getStandards, async (ctx, { query, reply }) =>
    sendText(reply, await answerText(ctx, { what: 'standards', query })),
  );
  http.handle(contract.listCountedContacts, (ctx, { query }) => drill.contactsBehind(ctx, query));
  http.handle(contract.getCountedContact, (ctx, { params }) =>
    drill.countedContact(ctx, params.id),
  );
  http.handle(contract.getLiveFigures, (ctx) => liveFigures(ctx));
}

/** Counting everything anew. */
export function mountCounting(http: Http): void {
  http.handle(contract.getRebuild, (ctx) => rebuildView(ctx));
  http.handle(contract.startRebuild, (ctx) => startRebuild(ctx, recountJob));
}
