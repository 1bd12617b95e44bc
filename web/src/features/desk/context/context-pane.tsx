import { CloseOutlined, LinkOutlined } from '@ant-design/icons';
import type { ConversationView } from '@yingda/contract';
import { Button } from 'antd';
import { memo, Suspense } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatExact } from '../../../lib/format.ts';
import { Bones } from '../../../ui/states.tsx';
import { useShownConversation } from '../conversation/use-shown-conversation.ts';
import { useNames } from '../data/people.ts';
import { browserOf } from '../model/browser-of.ts';
import { EventLog } from './event-log.tsx';
import { Fold } from '../../../ui/fold.tsx';
import './context-pane.css';

/** What the page around the desk puts into the context: the card of the customer, which is another feature. */
export type DrawCustomer = (customerId: string, conversationId: string) => ReactNode;

function Fact({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div className="yd-fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Page({ page }: { page: ConversationView['page'] }): ReactNode {
  const { t } = useTranslation('desk');
  const { url, title, userAgent } = page;
  if (url === null && userAgent === null) return <p className="yd-soft">{t('context.noPage')}</p>;
  const isWeb = url !== null && /^https?:\/\//i.test(url);
  return (
    <dl className="yd-facts">
      {url !== null && (
        <Fact label={t('context.page')}>
          {isWeb ? (
            <a href={url} target="_blank" rel="noopener noreferrer nofollow" title={url}>
              {title ?? url} <LinkOutlined aria-hidden />
            </a>
          ) : (
            (title ?? url)
          )}
        </Fact>
      )}
      {userAgent !== null && (
        <Fact label={t('context.browser')}>
          <span title={userAgent}>{browserOf(userAgent) ?? t('context.unknownBrowser')}</span>
        </Fact>
      )}
    </dl>
  );
}

function About({ view }: { view: ConversationView }): ReactNode {
  const { t } = useTranslation('desk');
  const names = useNames();
  return (
    <dl className="yd-facts">
      <Fact label={t('context.number')}>
        <span className="yd-figures">#{view.number}</span>
      </Fact>
      <Fact label={t('context.channel')}>{t(`marks:channel.${view.channel}`)}</Fact>
      <Fact label={t('context.team')}>{names.team(view.teamId)}</Fact>
      {view.queueId !== null && <Fact label={t('context.queue')}>{names.queue(view.queueId)}</Fact>}
      <Fact label={t('context.started')}>
        <time className="yd-figures" dateTime={view.createdAt} title={formatExact(view.createdAt)}>
          {formatDateTime(view.createdAt)}
        </time>
      </Fact>
    </dl>
  );
}

/** What one should know while answering: the customer, where the customer is, and what happened to the contact. */
export const ContextPane = memo(function ContextPane({
  id,
  drawCustomer,
  onClose,
}: {
  id: string;
  drawCustomer: DrawCustomer;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('desk');
  const { view } = useShownConversation(id);
  return (
    <aside className="yd-context" aria-label={t('context.title')}>
      <div className="yd-context-head">
        <h2>{t('context.title')}</h2>
        <Button
          type="text"
          icon={<CloseOutlined />}
          aria-label={t('context.close')}
          title={t('context.close')}
          onClick={onClose}
        />
      </div>
      {view ? (
        <div className="yd-context-body" key={id}>
          <Suspense fallback={<Bones rows={5} />}>{drawCustomer(view.customer.id, id)}</Suspense>
          <Fold name="page" title={t('context.visit')}>
            <Page page={view.page} />
          </Fold>
          <Fold name="about" title={t('context.about')}>
            <About view={view} />
          </Fold>
          <Fold name="events" title={t('context.events')} initiallyOpen={false}>
            <EventLog id={id} />
          </Fold>
        </div>
      ) : (
        <Bones rows={8} />
      )}
    </aside>
  );
});
