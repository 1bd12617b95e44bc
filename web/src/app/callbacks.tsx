import type { ReactNode } from 'react';
import { CallbacksPage as Callbacks } from '../features/callbacks/index.tsx';
import type { DrawFields } from '../features/callbacks/result-form.tsx';
import { AskedFields } from '../features/orders/order/asked-fields.tsx';

const drawFields: DrawFields = (asked) => <AskedFields {...asked} />;

/** The calls to make, with the fields of the orders that their results move on. */
export function CallbacksPage(): ReactNode {
  return <Callbacks drawFields={drawFields} />;
}
