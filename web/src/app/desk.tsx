import { lazy } from 'react';
import type { ReactNode } from 'react';
import { DeskPage as Desk } from '../features/desk/desk-page.tsx';

const CustomerPanel = lazy(() =>
  import('../features/customers/customer-panel.tsx').then((module) => ({
    default: module.CustomerPanel,
  })),
);

const drawCustomer = (customerId: string, conversationId: string): ReactNode => (
  <CustomerPanel key={customerId} customerId={customerId} conversationId={conversationId} />
);

/** The desk with the customer's card beside the conversation. */
export function DeskPage(): ReactNode {
  return <Desk drawCustomer={drawCustomer} />;
}
