import { MailOutlined } from '@ant-design/icons';
import { listInvitations, revokeInvitation } from '@yingda/contract';
import type { InvitationView } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../lib/query.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { Tag } from '../../../ui/data-table.tsx';
import { TimeAgo, useNow } from '../../../ui/time.tsx';
import './invitations.css';

/** Invitations nobody has accepted yet; nothing when there are none. */
export function Invitations({ items }: { items: InvitationView[] }): ReactNode {
  const { t } = useTranslation('settings');
  const revoke = useAct(revokeInvitation, { refreshes: [listInvitations] });
  const now = useNow(60_000);
  const waiting = items.filter(({ acceptedAt }) => acceptedAt === null);
  if (waiting.length === 0) return null;
  return (
    <section className="yd-invitations" aria-label={t('people.invited')}>
      <h2>{t('people.invited')}</h2>
      <ul>
        {waiting.map(({ id, name, email, expiresAt }) => {
          const isOver = new Date(expiresAt).getTime() < now;
          return (
            <li key={id}>
              <MailOutlined aria-hidden />
              <div>
                <strong>{name}</strong> <span className="yd-soft">{email}</span>
              </div>
              {isOver ? (
                <Tag tone="amber">{t('people.invitationOver')}</Tag>
              ) : (
                <span className="yd-soft">
                  {t('people.expires')} <TimeAgo at={expiresAt} />
                </span>
              )}
              <ConfirmButton
                size="small"
                type="text"
                danger
                question={t('people.withdrawQuestion', { name })}
                consequence={t('people.withdrawConsequence')}
                deed={t('people.withdraw')}
                onConfirm={() => revoke.mutateAsync({ params: { id } })}
              >
                {t('people.withdraw')}
              </ConfirmButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
