import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { DeskPage as Desk } from '../features/desk/desk-page.tsx';
import { useRights } from '../lib/me.ts';
import './desk.css';

const CustomerPanel = lazy(() =>
  import('../features/customers/customer-panel.tsx').then((module) => ({
    default: module.CustomerPanel,
  })),
);
/** Live figures come after the desk itself, and only for who may read them. */
const DeskStrip = lazy(() =>
  import('../features/kpi/live/desk-strip.tsx').then((module) => ({ default: module.DeskStrip })),
);

const drawCustomer = (customerId: string, conversationId: string): ReactNode => (
  <CustomerPanel key={customerId} customerId={customerId} conversationId={conversationId} />
);

/** The desk with the customer's card beside the conversation, and the figures of the team's queues above. */
export function DeskPage(): ReactNode {
  const { may } = useRights();
  return (
    <div className="yd-desk-page">
      {may('kpi.read') && (
        <Suspense fallback={<div className="yd-desk-strip-place" />}>
          <DeskStrip />
        </Suspense>
      )}
      <Desk drawCustomer={drawCustomer} />
    </div>
  );
}
