import { projection } from '../../platform/realtime/projection.ts';
import { hoursChanged } from './events.ts';

export const projections = [
  projection(hoursChanged, () => [
    { rooms: ['everyone'], event: { type: 'settings.changed', noun: 'hours' } },
  ]),
];
