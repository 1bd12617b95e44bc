import type { LiveEventOf } from '@yingda/contract';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../lib/me.ts';
import { useLiveEvent } from '../../../lib/use-live.ts';
import { announce } from '../../../ui/announce.tsx';
import { usePlaceCount } from '../../../ui/place-counts.ts';
import { toast } from '../../../ui/toast.tsx';
import { useCounts } from '../data/lists.ts';
import { useDeskSession } from '../data/session.ts';
import { notify } from './notify.ts';
import { chime, readySound } from './sound.ts';
import { setTitleCount } from './tab-title.ts';

const shownLength = 120;

function useFirstGesture(): void {
  useEffect(() => {
    const gesture = (): void => readySound();
    window.addEventListener('pointerdown', gesture);
    window.addEventListener('keydown', gesture);
    return () => {
      window.removeEventListener('pointerdown', gesture);
      window.removeEventListener('keydown', gesture);
    };
  }, []);
}

/** Tells of messages of my customers and of mentions: by sound, title, screen reader and notification. */
export function useNews(): void {
  const { t } = useTranslation('desk');
  const me = useMe();
  const navigate = useNavigate();
  const { cache } = useDeskSession();
  const { conversationId: open } = useParams({ strict: false });
  const unread = useCounts()?.mineUnread ?? 0;
  const maySound = me.preferences.sound !== false;
  const mayNotify = me.preferences.desktopNotifications === true;
  useFirstGesture();
  usePlaceCount('/desk', unread);
  useEffect(() => setTitleCount(unread), [unread]);
  const goTo = (conversationId: string, seq?: number): void =>
    void navigate({ to: '/desk/$conversationId', params: { conversationId }, search: { seq } });

  useLiveEvent('message.posted', ({ conversationId, message }: LiveEventOf<'message.posted'>) => {
    if (message.author.kind !== 'customer' || message.kind !== 'message') return;
    if (cache.known(conversationId)?.assigneeId !== me.id) return;
    const [part] = message.parts;
    const words = part?.type === 'text' ? part.text.slice(0, shownLength) : t('news.file');
    announce(t('news.announce', { name: message.author.name, text: words }));
    if (open === conversationId && document.hasFocus()) return;
    if (maySound) chime();
    notify(
      {
        title: message.author.name,
        body: words,
        tag: conversationId,
        onClick: () => goTo(conversationId),
      },
      mayNotify,
    );
  });
  useLiveEvent('mention.received', ({ conversationId, byName }) => {
    if (open === conversationId && document.hasFocus()) return;
    if (maySound) chime();
    toast.info(t('news.mention', { name: byName }), {
      label: t('news.open'),
      run: () => goTo(conversationId),
    });
  });
}
