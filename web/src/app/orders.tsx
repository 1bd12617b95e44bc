import { getOrder } from '@yingda/contract';
import type { ReactNode } from 'react';
import { MacroMenu } from '../features/automations/macros/run-menu.tsx';
import { OrdersPage as Orders } from '../features/orders/index.tsx';
import { refresh } from '../lib/query.ts';

const drawDeeds = (orderId: string): ReactNode => (
  <MacroMenu
    key={orderId}
    subject="order"
    subjectId={orderId}
    onDone={() => void refresh(getOrder)}
  />
);

/** The work orders, with the macros for the one that is open. */
export function OrdersPage(): ReactNode {
  return <Orders drawDeeds={drawDeeds} />;
}
