import type { ConversationSummary } from '@yingda/contract';
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

const ConversationOrder = lazy(() =>
  import('../features/orders/create/conversation-order.tsx').then((module) => ({
    default: module.ConversationOrder,
  })),
);
const CustomerOrders = lazy(() =>
  import('../features/orders/parts/customer-orders.tsx').then((module) => ({
    default: module.CustomerOrders,
  })),
);

const drawCustomer = (customerId: string, conversationId: string): ReactNode => (
  <CustomerPanel key={customerId} customerId={customerId} conversationId={conversationId} />
);
/** The customer with their open orders. */
const drawCustomerAndOrders = (customerId: string, conversationId: string): ReactNode => (
  <>
    {drawCustomer(customerId, conversationId)}
    <Suspense fallback={null}>
      <CustomerOrders key={`orders ${customerId}`} customerId={customerId} />
    </Suspense>
  </>
);
const MacroMenu = lazy(() =>
  import('../features/automations/macros/run-menu.tsx').then((module) => ({
    default: module.MacroMenu,
  })),
);
const drawDeeds = ({ id }: ConversationSummary): ReactNode => (
  <Suspense fallback={null}>
    <MacroMenu key={id} subject="conversation" subjectId={id} />
  </Suspense>
);
const drawDeedsAndOrder = (conversation: ConversationSummary): ReactNode => (
  <>
    {drawDeeds(conversation)}
    <Suspense fallback={null}>
      <ConversationOrder key={conversation.id} conversation={conversation} />
    </Suspense>
  </>
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
      <Desk
        drawCustomer={may('order.read') ? drawCustomerAndOrders : drawCustomer}
        drawDeeds={may('order.write') ? drawDeedsAndOrder : drawDeeds}
      />
    </div>
  );
}
