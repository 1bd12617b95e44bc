import type { ConversationSummary, MessageView } from '@yingda/contract';
import { maxMessageLength } from '@yingda/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../../lib/query.ts';
import { announce } from '../../../ui/announce.tsx';
import { toast } from '../../../ui/toast.tsx';
import { takeBack } from '../conversation/message-row.tsx';
import { deskKeys } from '../data/keys.ts';
import { useColleagues } from '../data/people.ts';
import { useDeskSession } from '../data/session.ts';
import { loadNewest } from '../data/windows.ts';
import { unfilled } from '../model/canned.ts';
import { emptyDraft } from '../model/drafts.ts';
import { mentionsIn } from '../model/editing.ts';
import type { MessageWindow } from '../model/message-window.ts';
import { attachStored, detachAll, useAttached } from './attachments.ts';

interface Sent {
  clientKey: string;
  text: string;
  kind: 'message' | 'note';
  files: NonNullable<ReturnType<typeof useAttached>[number]['file']>[];
}

export interface Sending {
  maySend: boolean;
  send: () => void;
  /** What was sent within the last seconds and can still be called off by one press. */
  justSent: Sent | null;
  undo: () => void;
}

const undoMs = 5000;

function storedMessage(conversationId: string, clientKey: string): MessageView | undefined {
  const window = queryClient.getQueryData<MessageWindow>(deskKeys.window(conversationId));
  return window?.items.findLast((message) => message.clientKey === clientKey);
}

/** Sending what is written, and calling it off again. */
export function useSending(
  { id }: Pick<ConversationSummary, 'id'>,
  { text, kind }: { text: string; kind: 'message' | 'note' },
): Sending {
  const { t } = useTranslation('desk');
  const session = useDeskSession();
  const colleagues = useColleagues();
  const attached = useAttached(id);
  const [justSent, setJustSent] = useState<Sent | null>(null);
  const warned = useRef('');
  useEffect(() => {
    const timer = setTimeout(() => setJustSent(null), undoMs);
    return () => clearTimeout(timer);
  }, [justSent]);
  const files = attached.flatMap(({ file }) => (file ? [file] : []));
  const isUploading = attached.some((item) => item.file === null && item.error === null);
  const hasContent = text.trim() !== '' || files.length > 0;
  const maySend = hasContent && !isUploading && text.length <= maxMessageLength;

  const send = (): void => {
    if (!maySend) return;
    const holes = kind === 'message' ? unfilled(text) : [];
    if (holes.length > 0 && warned.current !== text) {
      warned.current = text;
      toast.info(t('composer.unfilled', { names: holes.join(', ') }));
      return;
    }
    const mentions = kind === 'note' ? mentionsIn(text, colleagues) : [];
    const clientKey = session.outbox.add({ conversationId: id, kind, text, files, mentions });
    const draft = session.drafts.get(id);
    session.drafts.change(id, { ...draft, [kind]: '' });
    session.drafts.flush(id);
    detachAll(id);
    void loadNewest(id).catch(() => undefined);
    setJustSent({ clientKey, text, kind, files });
    announce(t(kind === 'note' ? 'composer.noteSaved' : 'composer.sent'));
  };
  const restore = ({ text: gone, kind: goneKind, files: goneFiles }: Sent): void => {
    const draft = session.drafts.get(id) ?? emptyDraft;
    const kept = draft[goneKind] === '' ? gone : `${gone}\n${draft[goneKind]}`;
    session.drafts.change(id, { ...draft, kind: goneKind, [goneKind]: kept });
    attachStored(id, goneFiles);
  };
  const undo = async (): Promise<void> => {
    if (!justSent) return;
    setJustSent(null);
    if (session.outbox.discard(justSent.clientKey)) {
      restore(justSent);
      return;
    }
    const stored = storedMessage(id, justSent.clientKey);
    if (!stored) toast.info(t('composer.undoTooEarly'));
    else if (await takeBack(stored, session)) restore(justSent);
  };
  return { maySend, send, justSent, undo: () => void undo() };
}
