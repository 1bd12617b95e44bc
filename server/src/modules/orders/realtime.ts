import { projection } from '../../platform/realtime/projection.ts';
import { callbackChanged, orderChanged, orderSettingsChanged } from './events.ts';
import type { OrderChanged } from './events.ts';
import { summarySoon } from './service/summaries.ts';

function roomsOf(event: OrderChanged): string[] {
  const teams = [event.ownerTeamId, event.recorderTeamId, event.previousTeamId];
  const people = [event.ownerId, event.recorderId, event.previousOwnerId];
  return [
    `order:${event.orderId}`,
    ...teams.filter((id) => id !== null).map((id) => `orders:${id}`),
    ...people.filter((id) => id !== null).map((id) => `user:${id}`),
  ];
}

export const projections = [
  projection(orderChanged, async (event, ctx) => {
    const rooms = [...new Set(roomsOf(event))];
    if (!rooms.some((room) => ctx.services.live.watched(room))) return [];
    const order = await summarySoon(ctx, event.orderId);
    return order ? [{ rooms, event: { type: 'order.changed', order } }] : [];
  }),
  projection(
    callbackChanged,
    ({ callbackId, orderId, teamId, holderId, previousHolderId, state }) => {
      const people = [holderId, previousHolderId].filter((id) => id !== null);
      const rooms = [`orders:${teamId}`, ...new Set(people.map((id) => `user:${id}`))];
      return [
        {
          rooms: orderId === null ? rooms : [...rooms, `order:${orderId}`],
          event: { type: 'callback.changed', callbackId, orderId, teamId, holderId, state },
        },
      ];
    },
  ),
  projection(orderSettingsChanged, ({ noun }) => [
    { rooms: ['everyone'], event: { type: 'settings.changed', noun } },
  ]),
];
