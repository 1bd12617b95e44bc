import type { Services } from '../../../platform/ctx.ts';

const supervisors = new WeakMap<Services, () => void>();

/** Notes who looks for imports in this process. */
export function onWake(services: Services, wake: () => void): void {
  supervisors.set(services, wake);
}

export function wakeSupervisor(services: Services): void {
  supervisors.get(services)?.();
}
