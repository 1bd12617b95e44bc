import { InboxOutlined } from '@ant-design/icons';
import type { ConversationSummary } from '@yingda/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useRights } from '../../../lib/me.ts';
import { live, useRooms } from '../../../lib/use-live.ts';
import { Bones, ErrorState } from '../../../ui/states.tsx';
import { Questions } from '../actions/questions.tsx';
import { useAsking } from '../actions/use-asking.ts';
import { useConversationKeys } from '../actions/use-conversation-keys.tsx';
import { attach } from '../composer/attachments.ts';
import { Composer, type ComposerHandle } from '../composer/composer.tsx';
import { useNames } from '../data/people.ts';
import { useDeskSession } from '../data/session.ts';
import { type Actions, useActions } from '../data/use-actions.ts';
import { catchUp, loadAround, windowOptions } from '../data/windows.ts';
import { lastSeqOf } from '../model/message-window.ts';
import { type DrawDeeds, Header } from './header.tsx';
import { Timeline } from './timeline.tsx';
import { useShownConversation } from './use-shown-conversation.ts';
import './conversation-pane.css';

export interface ConversationPaneProps {
  id: string;
  targetSeq: number | null;
  drawDeeds?: DrawDeeds | undefined;
  isContextOpen: boolean;
  onContext: () => void;
  onBack: () => void;
  /** The conversation left the agent's hands: go on with the next. */
  onDone: (id: string) => void;
  onUndone: (id: string) => void;
}

/** Colleagues see that I am here; the draft is saved when I leave. */
function usePresenceHere(id: string): void {
  const { drafts } = useDeskSession();
  useRooms([`conversation:${id}`]);
  useEffect(() => {
    live.viewing(id);
    return () => {
      live.viewing(null);
      drafts.flush(id);
    };
  }, [id, drafts]);
}

/** The messages, opened at the one that was searched for, and complete up to what the summary says. */
function useWindow(id: string, targetSeq: number | null, lastSeq: number) {
  const query = useQuery(windowOptions(id));
  const window = query.data;
  const isLoaded = window !== undefined;
  useEffect(() => {
    if (isLoaded && targetSeq !== null) void loadAround(id, targetSeq).catch(() => undefined);
  }, [id, isLoaded, targetSeq]);
  const isBehind = window !== undefined && !window.moreAfter && lastSeqOf(window) < lastSeq;
  useEffect(() => {
    if (isBehind) void catchUp(id).catch(() => undefined);
  }, [id, isBehind, lastSeq]);
  return query;
}

function Messages({
  conversation,
  targetSeq,
  onRewrite,
}: {
  conversation: ConversationSummary;
  targetSeq: number | null;
  onRewrite: (text: string, kind: 'message' | 'note') => void;
}): ReactNode {
  const query = useWindow(conversation.id, targetSeq, conversation.lastSeq);
  if (query.data) {
    return (
      <Timeline
        conversation={conversation}
        window={query.data}
        targetSeq={targetSeq}
        onRewrite={onRewrite}
      />
    );
  }
  return (
    <div className="yd-timeline-frame">
      {query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Bones rows={6} />
      )}
    </div>
  );
}

/** Says why one should think before answering here, with the one step that helps. */
function Notice({
  conversation,
  actions,
  mayReply,
}: {
  conversation: ConversationSummary;
  actions: Actions;
  mayReply: boolean;
}): ReactNode {
  const { t } = useTranslation('desk');
  const me = useMe();
  const rights = useRights();
  const names = useNames();
  const { assigneeId, status, teamId } = conversation;
  if (!mayReply) return <div className="yd-notice">{t('notice.readOnly')}</div>;
  if (status === 'resolved') {
    return <div className="yd-notice">{t('notice.resolved')}</div>;
  }
  if (assigneeId === null) return <div className="yd-notice">{t('notice.unassigned')}</div>;
  if (assigneeId === me.id) return null;
  return (
    <div className="yd-notice is-amber">
      {t('notice.others', { name: names.person(assigneeId) })}
      {rights.may('conversation.manage', teamId) && (
        <Button size="small" onClick={actions.take}>
          {t('actions.takeOver')}
        </Button>
      )}
    </div>
  );
}

function useDrop(id: string) {
  const [isOver, setOver] = useState(false);
  const depth = useRef(0);
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  const leave = (): void => {
    depth.current = 0;
    setOver(false);
  };
  return {
    isOver,
    handlers: {
      onDragEnter: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        depth.current += 1;
        setOver(true);
      },
      onDragOver: (event: DragEvent) => {
        if (hasFiles(event)) event.preventDefault();
      },
      onDragLeave: () => {
        depth.current -= 1;
        if (depth.current <= 0) leave();
      },
      onDrop: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        leave();
        attach(id, [...event.dataTransfer.files]);
      },
    },
  };
}

function Shown({
  conversation,
  ...props
}: ConversationPaneProps & { conversation: ConversationSummary }): ReactNode {
  const { id, teamId, assigneeId, status } = conversation;
  const { t } = useTranslation('desk');
  const me = useMe();
  const rights = useRights();
  const composer = useRef<ComposerHandle>(null);
  const asking = useAsking();
  const actions = useActions(conversation, props);
  const mayReply =
    rights.may('conversation.reply', teamId) ||
    (assigneeId === me.id && rights.may('conversation.reply'));
  useConversationKeys({ conversation, actions, ask: asking.ask, composer, mayReply });
  const drop = useDrop(id);
  const rewrite = useCallback(
    (text: string, kind: 'message' | 'note') => composer.current?.rewrite(text, kind),
    [],
  );
  return (
    <section
      className="yd-conversation"
      aria-label={t('conversation.title', { name: conversation.customer.name })}
      {...(mayReply ? drop.handlers : {})}
    >
      <Header
        conversation={conversation}
        actions={actions}
        ask={asking.ask}
        mayReply={mayReply}
        drawDeeds={props.drawDeeds}
        isContextOpen={props.isContextOpen}
        onBack={props.onBack}
        onContext={props.onContext}
      />
      <Messages
        key={id}
        conversation={conversation}
        targetSeq={props.targetSeq}
        onRewrite={rewrite}
      />
      <Notice conversation={conversation} actions={actions} mayReply={mayReply} />
      {mayReply && (
        <Composer
          key={`composer ${id}`}
          ref={composer}
          conversation={conversation}
          notesOnly={status === 'resolved'}
        />
      )}
      {drop.isOver && (
        <div className="yd-drop">
          <InboxOutlined aria-hidden /> {t('composer.drop')}
        </div>
      )}
      <Questions conversation={conversation} actions={actions} asking={asking} />
    </section>
  );
}

/** One conversation: who, what was said, and the place to answer. */
export function ConversationPane(props: ConversationPaneProps): ReactNode {
  const { t } = useTranslation('desk');
  const shown = useShownConversation(props.id);
  usePresenceHere(props.id);
  if (shown.summary) return <Shown {...props} conversation={shown.summary} />;
  return (
    <section className="yd-conversation">
      {shown.error ? (
        <div className="yd-conversation-gone">
          <ErrorState error={shown.error} retry={shown.retry} />
          <Button onClick={props.onBack}>{t('header.back')}</Button>
        </div>
      ) : (
        <Bones rows={6} />
      )}
    </section>
  );
}
