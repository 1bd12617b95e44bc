import { ArrowLeftOutlined } from '@ant-design/icons';
import { createWidget, deleteWidget, listWidgets, updateWidget } from '@yingda/contract';
import type { WidgetView } from '@yingda/contract';
import { Button, Form } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { refresh } from '../../../lib/query.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { LeaveGuard, LeaveQuestion } from '../../../ui/leave-guard.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';
import { DeleteButton } from '../shared/delete-button.tsx';
import { useDefaults } from './defaults.ts';
import { GeneralPart, LookPart } from './look-part.tsx';
import { ClosedPart, PreChatPart } from './chat-parts.tsx';
import { Install } from './install.tsx';
import { Preview } from './preview.tsx';
import { SecurityPart } from './security-part.tsx';
import './widgets.css';

export type WidgetValues = Pick<WidgetView, 'name' | 'queueId' | 'settings'>;
interface Props {
  widget: WidgetView | null;
  onMade: (widget: WidgetView) => void;
  onClose: () => void;
}

function useSave({ widget, onMade }: Props, setDirty: (dirty: boolean) => void) {
  const { t } = useTranslation('settings');
  const [version, setVersion] = useState(0);
  const save = async (values: WidgetValues): Promise<void> => {
    const saved = widget
      ? await call(updateWidget, { params: { id: widget.id }, body: values })
      : await call(createWidget, { body: values });
    setDirty(false);
    setVersion((now) => now + 1);
    toast.success(t(widget ? 'common:saved' : 'widgets.made'));
    await refresh(listWidgets);
    if (!widget) onMade(saved);
  };
  return { save, version };
}

/** Everything about one chat window, with a preview that follows while one writes. */
export function WidgetEditor(props: Props): ReactNode {
  const { widget, onClose } = props;
  const { t } = useTranslation('settings');
  const [form] = Form.useForm<WidgetValues>();
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  const defaults = useDefaults();
  const { save, version } = useSave(props, setDirty);
  const { busy, error, submit } = useSubmit(form, save);
  const remove = async (id: string): Promise<void> => {
    await call(deleteWidget, { params: { id } });
    await refresh(listWidgets);
    onClose();
  };
  return (
    <Form<WidgetValues>
      form={form}
      layout="vertical"
      initialValues={widget ?? defaults}
      onFinish={() => submit(form.getFieldsValue(true) as WidgetValues)}
      onValuesChange={() => setDirty(true)}
    >
      <Button
        type="link"
        className="yd-back"
        icon={<ArrowLeftOutlined />}
        onClick={() => (dirty ? setAsking(true) : onClose())}
      >
        {t('widgets.title')}
      </Button>
      <PageHeader title={widget ? widget.name : t('widgets.create')}>
        {widget && (
          <DeleteButton
            question={t('widgets.deleteQuestion', { name: widget.name })}
            consequence={t('widgets.deleteConsequence')}
            onConfirm={() => remove(widget.id)}
          />
        )}
        <Button
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={widget !== null && !dirty}
        >
          {t(widget ? 'common:save' : 'common:create')}
        </Button>
      </PageHeader>
      <FormProblem error={error} />
      <div className="yd-widget-editor">
        <div>
          {widget && <Install widget={widget} />}
          <GeneralPart />
          <LookPart />
          <PreChatPart />
          <ClosedPart />
          <SecurityPart widget={widget} />
        </div>
        <Preview widget={widget} version={version} />
      </div>
      <LeaveGuard dirty={dirty} />
      <LeaveQuestion open={asking} onStay={() => setAsking(false)} onDiscard={onClose} />
    </Form>
  );
}
