import { projection } from '../../platform/realtime/projection.ts';
import type { Sending } from '../../platform/realtime/projection.ts';
import { importChanged } from './events.ts';

export const projections = [
  projection(importChanged, ({ import: view, by, isNews }) => {
    const sendings: Sending[] = [];
    if (by)
      sendings.push({ rooms: [`user:${by}`], event: { type: 'import.changed', import: view } });
    // The others look again when an import begins or ends, not at each step of it.
    if (isNews) {
      sendings.push({ rooms: ['everyone'], event: { type: 'settings.changed', noun: 'import' } });
    }
    return sendings;
  }),
];
