import type { Services } from '../../../platform/ctx.ts';

/** Where somebody invited sets their name and password. */
export function invitationLink({ config }: Services, token: string): string {
  return `${config.baseUrl}/invite/${token}`;
}

/** Where somebody sets a new password. */
export function resetLink({ config }: Services, token: string): string {
  return `${config.baseUrl}/reset-password?token=${token}`;
}
