import { PoweroffOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMyPresence } from './use-my-presence.ts';
import './ready-prompt.css';

/** Says that no work comes while one is offline, with the step that changes it. */
export function ReadyPrompt(): ReactNode {
  const { t } = useTranslation('desk');
  const { data, isChanging, becomeReady } = useMyPresence();
  const isAway = data?.state === 'offline';
  const wentSilent = data?.reason === 'no_answer';
  if (!isAway && !wentSilent) return null;
  return (
    <div className="yd-ready" role="status">
      <PoweroffOutlined aria-hidden />
      <span>{t(wentSilent ? 'presence.noAnswer' : 'presence.offline')}</span>
      <Button size="small" type="primary" loading={isChanging} onClick={becomeReady}>
        {t('presence.becomeReady')}
      </Button>
    </div>
  );
}
