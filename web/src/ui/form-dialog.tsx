import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';
import { FormProblem } from './form-problem.tsx';
import './fields.css';

interface FormDialogProps {
  title: string;
  hint?: ReactNode;
  /** Label of the button that does it. */
  deed: string;
  wide?: boolean;
  busy: boolean;
  error: unknown;
  disabled?: boolean;
  /** At the left of the foot. */
  extra?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A short form over the page; Enter or Ctrl+Enter sends it, Esc leaves it. */
export function FormDialog(props: FormDialogProps): ReactNode {
  const { title, hint, deed, wide = false, busy, error, disabled = false, onClose } = props;
  const { t } = useTranslation();
  const submit = (): void => {
    if (!busy && !disabled) props.onSubmit();
  };
  return (
    <Dialog label={title} className={`yd-form-dialog ${wide ? 'is-wide' : ''}`} onClose={onClose}>
      {/* Ctrl+Enter sends from fields of several lines. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
        }}
      >
        <h2>{title}</h2>
        {hint && <p className="yd-form-dialog-hint">{hint}</p>}
        <div className="yd-form-dialog-body">{props.children}</div>
        <div className="yd-form-dialog-foot">
          <FormProblem error={error} />
          <div>
            {props.extra}
            <Button onClick={onClose}>{t('cancel')}</Button>
            <Button type="primary" htmlType="submit" loading={busy} disabled={disabled}>
              {deed}
            </Button>
          </div>
        </div>
      </form>
    </Dialog>
  );
}
