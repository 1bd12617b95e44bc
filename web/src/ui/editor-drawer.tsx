import { Button, Drawer, Form } from 'antd';
import type { FormInstance } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormProblem } from './form-problem.tsx';
import { LeaveGuard, LeaveQuestion } from './leave-guard.tsx';
import { toast } from './toast.tsx';
import { useSubmit } from './use-submit.ts';

export interface EditorDrawerProps<V> {
  title: string;
  hint?: ReactNode;
  initial: Partial<V>;
  /** Label of the button that saves. */
  deed: string;
  save: (values: V) => Promise<unknown>;
  /** After saving; without it the drawer closes. */
  onSaved?: () => void;
  onClose: () => void;
  /** Which field a problem code belongs to. */
  fieldOf?: Partial<Record<string, string>>;
  /** What is said after saving; null: nothing, the caller shows the outcome. */
  done?: string | null;
  width?: number;
  /** More buttons, at the left of the foot: delete and the like. */
  extra?: ReactNode;
  form?: FormInstance<V>;
  children: ReactNode;
}

/** A form at the edge of the page: says what is wrong beside the field, and asks before changes are lost. */
export function EditorDrawer<V extends object>(props: EditorDrawerProps<V>): ReactNode {
  const { title, hint, initial, deed, save, onClose, fieldOf, extra, children } = props;
  const { t } = useTranslation();
  const [own] = Form.useForm<V>();
  const form = props.form ?? own;
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  const { busy, error, submit } = useSubmit<V>(
    form,
    async (values) => {
      await save(values);
      setDirty(false);
      if (props.done !== null) toast.success(props.done ?? t('saved'));
      (props.onSaved ?? onClose)();
    },
    fieldOf,
  );
  const leave = (): void => (dirty ? setAsking(true) : onClose());
  return (
    <Drawer
      open
      title={title}
      size={`min(${props.width ?? 520}px, 100vw)`}
      onClose={leave}
      mask={{ closable: true }}
      footer={
        <div className="yd-drawer-foot">
          {extra}
          <span className="yd-bar-space" />
          <Button onClick={leave}>{t('cancel')}</Button>
          <Button type="primary" loading={busy} onClick={form.submit}>
            {deed}
          </Button>
        </div>
      }
    >
      {hint && <p className="yd-drawer-hint">{hint}</p>}
      <Form<V>
        form={form}
        layout="vertical"
        initialValues={initial}
        onFinish={submit}
        onValuesChange={() => setDirty(true)}
      >
        <FormProblem error={error} />
        {children}
        {/* Enter in a field saves, as it does in every form of the web. */}
        <button type="submit" className="yd-hidden" tabIndex={-1} aria-hidden>
          {deed}
        </button>
      </Form>
      <LeaveGuard dirty={dirty} />
      <LeaveQuestion open={asking} onStay={() => setAsking(false)} onDiscard={onClose} />
    </Drawer>
  );
}
