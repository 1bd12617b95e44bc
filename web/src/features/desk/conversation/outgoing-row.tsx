import { ExclamationCircleFilled, LoadingOutlined, WifiOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hasText, text } from '../../../lib/i18n.ts';
import { useMe } from '../../../lib/me.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { useDeskSession } from '../data/session.ts';
import type { Outgoing } from '../model/outbox.ts';
import { Attachment, MessageText, Picture } from './message-parts.tsx';

function State({ item }: { item: Outgoing }): ReactNode {
  const { t } = useTranslation('desk');
  const { outbox } = useDeskSession();
  if (item.state === 'sending') {
    return (
      <span className="yd-sending">
        <LoadingOutlined aria-hidden /> {t('outgoing.sending')}
      </span>
    );
  }
  if (item.state === 'waiting') {
    return (
      <span className="yd-sending">
        <WifiOutlined aria-hidden /> {t('outgoing.waiting')}
        <Button size="small" type="link" onClick={() => outbox.discard(item.clientKey)}>
          {t('outgoing.discard')}
        </Button>
      </span>
    );
  }
  const key = `problems:${item.code ?? ''}`;
  return (
    <span className="yd-sending is-failed" role="alert">
      <ExclamationCircleFilled aria-hidden />
      {t('outgoing.failed', {
        reason: hasText(key) ? text(key) : text('problems:server.unexpected'),
      })}
      <Button size="small" type="link" onClick={() => outbox.retry(item.clientKey)}>
        {t('common:retry')}
      </Button>
      <Button size="small" type="link" onClick={() => outbox.discard(item.clientKey)}>
        {t('outgoing.discard')}
      </Button>
    </span>
  );
}

/** A message that is still on its way, with how it stands. */
export function OutgoingRow({ item, first }: { item: Outgoing; first: boolean }): ReactNode {
  const me = useMe();
  return (
    <article
      className={`yd-message is-ours ${item.kind === 'note' ? 'is-note' : ''} ${first ? 'is-first' : ''}`}
    >
      {first ? <Avatar name={me.name} px={28} /> : <span className="yd-message-gap" />}
      <div className="yd-message-main">
        <div className="yd-bubble-line">
          <div className="yd-bubble is-outgoing">
            {item.text.trim() !== '' && <MessageText text={item.text} names={[]} />}
            {item.files.map((file) =>
              file.mime.startsWith('image/') && file.width !== null ? (
                <Picture key={file.id} file={file} />
              ) : (
                <Attachment key={file.id} file={file} />
              ),
            )}
          </div>
        </div>
        <State item={item} />
      </div>
    </article>
  );
}
