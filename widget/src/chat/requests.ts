import { randomKey } from '../lib/ids.ts';
import type { Core } from './core.ts';
import type { Session } from './session.ts';
import type { Sync } from './sync.ts';
import type { VisitorConversation } from './types.ts';

export interface LeftMessage {
  name: string;
  email: string;
  phone: string;
  text: string;
}

export interface Requests {
  /** Tells the server what the visitor has seen; does nothing while the chat is not in sight. */
  markRead: () => void;
  end: () => Promise<void>;
  saveEmail: (email: string) => Promise<void>;
  closeEmailCard: () => void;
  leaveMessage: (message: LeftMessage) => Promise<void>;
}

const settleMs = 400;

function createReadMark({ state, call }: Core): () => void {
  let waiting = false;
  const due = (): number => {
    const { open, conversation, timeline } = state.get();
    const last = timeline.messages.at(-1)?.seq ?? 0;
    const isSeen = open && !document.hidden && document.hasFocus();
    return isSeen && conversation && last > conversation.customerReadSeq ? last : 0;
  };
  const tell = async (): Promise<void> => {
    waiting = false;
    const seq = due();
    const { conversation } = state.get();
    if (seq === 0 || !conversation) return;
    state.set({ conversation: { ...conversation, customerReadSeq: seq } });
    await call({ method: 'POST', path: '/api/webchat/read', body: { seq } });
  };
  return () => {
    if (waiting || due() === 0) return;
    waiting = true;
    // A lost mark does no harm: the next message or the next look repeats it.
    setTimeout(() => void tell().catch(() => undefined), settleMs);
  };
}

/** What the visitor asks of the server beside messages. All throw a `CallProblem` when refused. */
export function createRequests(core: Core, session: Session, sync: Sync): Requests {
  const { state, memory, call } = core;
  const knowEmail = (): void => {
    memory.set('email', '1');
    state.set({ emailKnown: true });
  };
  type Answer = { conversation: VisitorConversation | null };
  return {
    markRead: createReadMark(core),
    async end() {
      const request = { method: 'POST', path: '/api/webchat/end', body: {} } as const;
      sync.adopt((await session.withSession(() => call<Answer>(request))).conversation);
    },
    async saveEmail(email) {
      const request = { method: 'PUT', path: '/api/webchat/email', body: { email } } as const;
      await session.withSession(() => call(request));
      knowEmail();
    },
    closeEmailCard: () => state.set({ emailCardClosed: true }),
    async leaveMessage(message) {
      const clientKey = memory.get('leaving') ?? randomKey(24);
      memory.set('leaving', clientKey);
      const body = { clientKey, ...message };
      const request = { method: 'POST', path: '/api/webchat/leave-message', body } as const;
      const { conversation } = await session.withSession(() => call<Answer>(request));
      memory.set('leaving', null);
      if (message.email) knowEmail();
      sync.adopt(conversation);
    },
  };
}
