import { onPublished } from '../../platform/events/index.ts';
import type { EventDef, Hook } from '../../platform/events/index.ts';
import { projection } from '../../platform/realtime/projection.ts';
import {
  presenceChanged,
  queueMoved,
  workAssigned,
  workEnded,
  workQueued,
  workReleased,
} from '../routing/index.ts';
import { figuresMoved, kpiChanged } from './events.ts';
import { feedQueues } from './service/live-feed.ts';

export const projections = [
  projection(kpiChanged, () => [
    { rooms: ['everyone'], event: { type: 'settings.changed', noun: 'kpi' } },
  ]),
];

/** Which queues' live figures an event may change. */
function feeding<P>(def: EventDef<P>, which: (payload: P) => readonly string[] | 'all'): Hook {
  return onPublished([def], ({ services }, events) => {
    for (const { payload } of events) feedQueues(services, which(payload));
  });
}

const its = ({ queueId }: { queueId: string }): string[] => [queueId];

export const hooks: Hook[] = [
  feeding(figuresMoved, ({ queueIds }) => queueIds),
  feeding(workQueued, its),
  feeding(workAssigned, its),
  feeding(workReleased, its),
  feeding(workEnded, its),
  feeding(queueMoved, its),
  feeding(presenceChanged, () => 'all'),
  feeding(kpiChanged, () => 'all'),
];
