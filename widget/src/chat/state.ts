import type { Entry } from '../sync/outbox.ts';
import { emptyTimeline } from '../sync/timeline.ts';
import type { Timeline } from '../sync/timeline.ts';
import type { FieldValues, VisitorConversation, WidgetConfigView } from './types.ts';

/** Everything the widget shows. */
export interface ChatState {
  config: WidgetConfigView | null;
  open: boolean;
  /** A session exists and the conversation, if any, is loaded. */
  ready: boolean;
  /** Code of the refusal that keeps the visitor from chatting. */
  problem: string | null;
  /** How the live line is; `down` also before the first connection. */
  link: 'up' | 'down';
  name: string;
  verified: boolean;
  conversation: VisitorConversation | null;
  timeline: Timeline;
  /** What waits to be sent, in order. */
  pending: readonly Entry[];
  /** Share sent of files being uploaded, by order of their entry. */
  progress: Readonly<Record<string, number>>;
  agentTyping: string | null;
  /** Answers of the form before the chat; null until it was filled in. */
  fields: FieldValues | null;
  emailKnown: boolean;
  emailCardClosed: boolean;
  /** Last message of the company, for screen readers. */
  announcement: string;
}

export const initialState: ChatState = {
  config: null,
  open: false,
  ready: false,
  problem: null,
  link: 'down',
  name: '',
  verified: false,
  conversation: null,
  timeline: emptyTimeline,
  pending: [],
  progress: {},
  agentTyping: null,
  fields: null,
  emailKnown: false,
  emailCardClosed: false,
  announcement: '',
};
