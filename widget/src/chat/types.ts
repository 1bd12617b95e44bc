import type {
  VisitorConversation,
  VisitorMessage,
  VisitorSessionView,
  WidgetConfigView,
  WidgetSettings,
} from '@yingda/contract';

export type {
  ClientFrame,
  FileView,
  LiveEvent,
  Locale,
  MessagePart,
  ServerFrame,
} from '@yingda/contract';
export type { VisitorConversation, VisitorMessage, VisitorSessionView, WidgetConfigView };
export type PreChatField = WidgetSettings['preChat'][number];
export type FieldValue = string | number | boolean | null;
export type FieldValues = Record<string, FieldValue>;

/** As the page's server signed it; see the guide of the widget. */
export interface Identity {
  userId: string;
  name: string;
  email: string;
  expiresAt: number;
  signature: string;
}
