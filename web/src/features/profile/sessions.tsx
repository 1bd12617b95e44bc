import { DesktopOutlined } from '@ant-design/icons';
import { listMySessions, revokeMySession } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCall } from '../../lib/query.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Tag } from '../../ui/data-table.tsx';
import { Loaded } from '../../ui/states.tsx';
import { TimeAgo } from '../../ui/time.tsx';
import { deviceName } from './device-name.ts';
import { Section } from './section.tsx';

/** Browsers that are signed in as me. */
export function Sessions(): ReactNode {
  const { t } = useTranslation('profile');
  const query = useCall(listMySessions);
  const revoke = useAct(revokeMySession, { refreshes: [listMySessions] });
  return (
    <Section title={t('sessions.title')} hint={t('sessions.hint')}>
      <Loaded query={query} rows={3}>
        {({ items }) => (
          <ul className="yd-list">
            {items.map(({ id, current, userAgent, ip, lastSeenAt }) => (
              <li key={id}>
                <DesktopOutlined aria-hidden />
                <div>
                  <span title={userAgent ?? undefined}>
                    {deviceName(userAgent ?? '') || t('sessions.unknown')}
                  </span>{' '}
                  {current && <Tag tone="accent">{t('sessions.current')}</Tag>}
                  <p className="yd-figures">
                    {ip ?? t('sessions.noAddress')} · {t('sessions.seen')}{' '}
                    <TimeAgo at={lastSeenAt} />
                  </p>
                </div>
                {!current && (
                  <ConfirmButton
                    size="small"
                    question={t('sessions.question')}
                    deed={t('sessions.revoke')}
                    onConfirm={() => revoke.mutateAsync({ params: { id } })}
                  >
                    {t('sessions.revoke')}
                  </ConfirmButton>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
