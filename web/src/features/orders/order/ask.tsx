import { Button } from 'antd';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../../lib/api.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { rereadOrder } from '../data/orders.ts';
import './dialogs.css';
import './move-form.css';

interface AskProps {
  title: string;
  hint?: string;
  deed: string;
  danger?: boolean;
  act: { isPending: boolean; error: unknown };
  orderId: string;
  disabled?: boolean;
  extra?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A short form over the page. */
export function Ask(props: AskProps): ReactNode {
  const { t } = useTranslation('orders');
  const { act, orderId } = props;
  const isOld = isProblem(act.error, 'order.changed_meanwhile');
  // The next try goes on from what the order is now; what was typed stays.
  useEffect(() => {
    if (isOld) void rereadOrder(orderId);
  }, [isOld, orderId]);
  return (
    <Dialog label={props.title} className="yd-asked" onClose={props.onClose}>
      {/* Ctrl+Enter sends from every field. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) props.onSubmit();
        }}
      >
        <h2>{props.title}</h2>
        {props.hint !== undefined && <p className="yd-soft">{props.hint}</p>}
        {props.children}
        <FormProblem error={act.error} />
        <div className="yd-asked-foot">
          {props.extra}
          <span className="yd-row-gap" />
          <Button onClick={props.onClose}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            htmlType="submit"
            danger={props.danger === true}
            loading={act.isPending}
            disabled={props.disabled === true}
          >
            {props.deed}
          </Button>
        </div>
      </form>
    </Dialog>
  );
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
