import { useTranslation } from 'react-i18next';
import { hasText } from '../../../lib/i18n.ts';

/** What the log tells of, in the order one looks for it; each has a text `audit.<action>`. */
export const auditActions = [
  'session.started',
  'session.refused',
  'session.ended',
  'session.revoked',
  'password.changed',
  'password.reset',
  'password.link_made',
  'password.link_mailed',
  'two_factor.enabled',
  'two_factor.disabled',
  'two_factor.codes_renewed',
  'passkey.added',
  'passkey.renamed',
  'passkey.removed',
  'person.created',
  'person.changed',
  'person.activated',
  'person.deactivated',
  'invitation.created',
  'invitation.accepted',
  'invitation.revoked',
  'team.created',
  'team.changed',
  'team.deleted',
  'department.created',
  'department.changed',
  'department.deleted',
  'role.created',
  'role.changed',
  'role.deleted',
  'key.created',
  'key.revoked',
  'queue.created',
  'queue.changed',
  'queue.deleted',
  'hours.created',
  'hours.changed',
  'hours.deleted',
  'widget.created',
  'widget.changed',
  'widget.deleted',
  'widget.secret_shown',
  'widget.secret_renewed',
  'canned.created',
  'canned.changed',
  'canned.deleted',
  'field.created',
  'field.changed',
  'field.deleted',
  'customer.merged',
  'presence.changed',
  'organisation.founded',
] as const;

/** What an action is called; one without a text is shown by its code. */
export function useActionText(): (action: string) => string {
  const { t } = useTranslation('settings');
  return (action) => (hasText(`settings:audit.${action}`) ? t(`audit.${action}`) : action);
}
