import { listener, onPublished } from '../../platform/events/index.ts';
import type { EventDef, Hook } from '../../platform/events/index.ts';
import { hoursChanged } from '../clocks/index.ts';
import { customerMerged } from '../customers/index.ts';
import {
  departmentChanged,
  organisationChanged,
  personChanged,
  teamChanged,
  teamCreated,
  teamDeleted,
} from '../identity/index.ts';
import { orderChanged, orderSettingsChanged } from './events.ts';
import { mailOrderNotices } from './jobs.ts';
import { forgetContexts } from './service/context.ts';
import { returnOrders } from './service/leavers.ts';
import { notify } from './service/notify.ts';
import type { Alarmed } from './service/notify.ts';
import { reckonAll, reckonBy } from './service/reckon.ts';
import { moveCustomer } from './store/leavers.ts';

const contextChanges: EventDef[] = [
  orderSettingsChanged,
  personChanged,
  teamCreated,
  teamChanged,
  teamDeleted,
  departmentChanged,
  organisationChanged,
];

export const hooks: Hook[] = [
  onPublished(contextChanges, ({ services }) => forgetContexts(services)),
];

export const listeners = [
  listener('orders.notify', [orderChanged], async (tx, events) => {
    const alarms = events
      .map(({ payload }) => payload)
      .filter((event): event is Alarmed => event.alarm !== null && event.change !== 'late');
    if (alarms.length === 0) return;
    for (const userId of await notify(tx, alarms)) {
      await tx.services.jobs.send(tx, mailOrderNotices, { userId });
    }
  }),
  listener('orders.hours', [hoursChanged], async (tx, events) => {
    for (const id of new Set(events.map(({ payload }) => payload.id))) await reckonBy(tx, id);
  }),
  listener('orders.zone', [organisationChanged], async (tx, events) => {
    const moved = events.some(({ payload }) => payload.timeZone !== payload.previousTimeZone);
    if (moved) await reckonBy(tx, null);
  }),
  listener('orders.teams', [teamChanged], async (tx, events) => {
    // Without hours of its own a team works by those of its department.
    if (events.some(({ payload }) => payload.isMoved)) await reckonAll(tx);
  }),
  listener('orders.leavers', [personChanged], async (tx, events) => {
    for (const { payload } of events) if (!payload.active) await returnOrders(tx, payload);
  }),
  listener('orders.customers', [customerMerged], async (tx, events) => {
    for (const { payload } of events) await moveCustomer(tx.db, payload.other, payload.into);
  }),
];
