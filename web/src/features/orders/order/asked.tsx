import type { OrderView } from '@yingda/contract';
import type { ReactNode } from 'react';
import { PauseDialog, ReopenDialog, SplitDialog, TimeDialog } from './dialogs.tsx';
import { AssignPicker, LinkPicker } from './pickers.tsx';
import { PortalDialog } from './portal-dialog.tsx';
import { RepeatDialog } from './repeat-dialog.tsx';

/** What may be asked about an order in a dialog. */
export type Question =
  | 'assign'
  | 'pause'
  | 'time'
  | 'link'
  | 'merge'
  | 'split'
  | 'reopen'
  | 'repeat'
  | 'portal';

export interface AskedProps {
  order: OrderView;
  onClose: () => void;
  onOpen: (id: string) => void;
}

const forms = {
  assign: AssignPicker,
  pause: PauseDialog,
  time: TimeDialog,
  split: SplitDialog,
  reopen: ReopenDialog,
  repeat: RepeatDialog,
  portal: PortalDialog,
};

/** The dialog of a question. */
export function Asked({ question, ...props }: AskedProps & { question: Question }): ReactNode {
  if (question === 'link' || question === 'merge') {
    return <LinkPicker {...props} isMerge={question === 'merge'} />;
  }
  const Form = forms[question];
  return <Form {...props} />;
}
