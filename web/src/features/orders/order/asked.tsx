import type { OrderView } from '@yingda/contract';
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { AssignPicker, LinkPicker } from './pickers.tsx';

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

const dialogs = () => import('./dialogs.tsx');
const Pause = lazy(() => dialogs().then((module) => ({ default: module.PauseDialog })));
const Time = lazy(() => dialogs().then((module) => ({ default: module.TimeDialog })));
const Split = lazy(() => dialogs().then((module) => ({ default: module.SplitDialog })));
const Reopen = lazy(() => dialogs().then((module) => ({ default: module.ReopenDialog })));
const Repeat = lazy(() =>
  import('./repeat-dialog.tsx').then((module) => ({ default: module.RepeatDialog })),
);
const Portal = lazy(() =>
  import('./portal-dialog.tsx').then((module) => ({ default: module.PortalDialog })),
);

/** The dialog of a question. */
export function Asked({ question, ...props }: AskedProps & { question: Question }): ReactNode {
  switch (question) {
    case 'assign':
      return <AssignPicker {...props} />;
    case 'link':
    case 'merge':
      return <LinkPicker {...props} isMerge={question === 'merge'} />;
    default: {
      const Form = {
        pause: Pause,
        time: Time,
        split: Split,
        reopen: Reopen,
        repeat: Repeat,
        portal: Portal,
      }[question];
      return (
        <Suspense fallback={null}>
          <Form {...props} />
        </Suspense>
      );
    }
  }
}
