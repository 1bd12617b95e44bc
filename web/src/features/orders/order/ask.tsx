import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { isProblem } from '../../../lib/api.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { rereadOrder } from '../data/orders.ts';
import './dialogs.css';
import './move-form.css';

interface AskProps {
  title: string;
  hint?: string;
  deed: string;
  act: { isPending: boolean; error: unknown };
  orderId: string;
  disabled?: boolean;
  extra?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A short form about an order. */
export function Ask({ act, orderId, ...props }: AskProps): ReactNode {
  const isOld = isProblem(act.error, 'order.changed_meanwhile');
  // The next try goes on from what the order is now; what was typed stays.
  useEffect(() => {
    if (isOld) void rereadOrder(orderId);
  }, [isOld, orderId]);
  return <FormDialog {...props} busy={act.isPending} error={act.error} />;
}

/** A text of several lines. */
export function Note({
  label,
  value,
  max,
  onChange,
}: {
  label: string;
  value: string;
  max: number;
  onChange: (text: string) => void;
}): ReactNode {
  return (
    <label className="yd-order-field">
      <span>{label}</span>
      <textarea
        rows={3}
        maxLength={max}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
