import { KeyOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { addPasskey, listPasskeys, passkeysSupported, removePasskey } from '../../lib/passkey.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Loaded } from '../../ui/states.tsx';
import { TimeAgo } from '../../ui/time.tsx';
import { toast } from '../../ui/toast.tsx';
import { deviceName } from './device-name.ts';
import { Section } from './section.tsx';

const queryKey = ['passkeys'];

/** Passkeys: sign in by finger, face or the device's PIN. */
export function Passkeys(): ReactNode {
  const { t } = useTranslation('profile');
  const client = useQueryClient();
  const query = useQuery({ queryKey, queryFn: listPasskeys });
  const [busy, setBusy] = useState(false);
  const add = async (): Promise<void> => {
    setBusy(true);
    try {
      await addPasskey(deviceName(navigator.userAgent) || t('passkeys.unnamed'));
      toast.success(t('passkeys.added'));
      await client.invalidateQueries({ queryKey });
    } catch (error) {
      toast.problem(error);
    } finally {
      setBusy(false);
    }
  };
  const remove = async (id: string): Promise<void> => {
    await removePasskey(id);
    await client.invalidateQueries({ queryKey });
  };
  return (
    <Section title={t('passkeys.title')} hint={t('passkeys.hint')}>
      <Loaded query={query} rows={2}>
        {(passkeys) =>
          passkeys.length > 0 && (
            <ul className="yd-list">
              {passkeys.map(({ id, name, createdAt }) => (
                <li key={id}>
                  <KeyOutlined aria-hidden />
                  <div>
                    {name ?? t('passkeys.unnamed')}
                    {createdAt && (
                      <p>
                        {t('passkeys.created')} <TimeAgo at={createdAt} />
                      </p>
                    )}
                  </div>
                  <ConfirmButton
                    size="small"
                    danger
                    question={t('passkeys.removeQuestion')}
                    consequence={t('passkeys.removeConsequence')}
                    deed={t('common:remove')}
                    onConfirm={() => remove(id)}
                  >
                    {t('common:remove')}
                  </ConfirmButton>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {passkeysSupported() ? (
        <Button icon={<PlusOutlined />} loading={busy} onClick={() => void add()}>
          {t('passkeys.add')}
        </Button>
      ) : (
        <p className="yd-soft">{t('passkeys.unsupported')}</p>
      )}
    </Section>
  );
}
