import { projection } from '../../platform/realtime/projection.ts';
import { orderChanged, orderSettingsChanged } from './events.ts';
import type { OrderChanged } from './events.ts';
import { summaryOf } from './service/lists.ts';

function roomsOf(event: OrderChanged): string[] {
  const teams = [event.ownerTeamId, event.recorderTeamId, event.previousTeamId];
  const people = [event.ownerId, event.recorderId, event.previousOwnerId];
  return [
    `order:${event.orderId}`,
    ...teams.filter((id) => id !== null).map((id) => `team:${id}`),
    ...people.filter((id) => id !== null).map((id) => `user:${id}`),
  ];
}

export const projections = [
  projection(orderChanged, async (event, ctx) => {
    const rooms = [...new Set(roomsOf(event))];
    if (!rooms.some((room) => ctx.services.live.watched(room))) return [];
    const order = await summaryOf(ctx, event.orderId);
    return order ? [{ rooms, event: { type: 'order.changed', order } }] : [];
  }),
  projection(orderSettingsChanged, ({ noun }) => [
    { rooms: ['everyone'], event: { type: 'settings.changed', noun } },
  ]),
];
