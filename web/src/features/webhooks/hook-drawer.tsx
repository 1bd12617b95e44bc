import { createWebhook, deleteWebhook, listWebhooks, updateWebhook } from '@yingda/contract';
import type { WebhookEvent, WebhookView } from '@yingda/contract';
import { Form, Input, Switch } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api.ts';
import { refresh, useAct } from '../../lib/query.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { EditorDrawer } from '../../ui/editor-drawer.tsx';
import { required } from '../../ui/rules.ts';
import { toast } from '../../ui/toast.tsx';
import { EventBoxes } from './events.tsx';

interface Values {
  name: string;
  url: string;
  events: WebhookEvent[];
  isActive: boolean;
}

/** An address and what it is told. A new one comes with its secret. */
export function HookDrawer({
  known,
  onClose,
  onSecret,
  onDeleted,
}: {
  known: WebhookView | null;
  onClose: () => void;
  onSecret: (secret: string) => void;
  onDeleted?: () => void;
}): ReactNode {
  const { t } = useTranslation('webhooks');
  const remove = useAct(deleteWebhook, { refreshes: [listWebhooks] });
  // What the form was filled from: the list is read anew when a colleague saves, the form is not.
  const [version] = useState(known?.version ?? 0);
  const save = async (body: Values): Promise<void> => {
    if (known === null) onSecret((await call(createWebhook, { body })).secret);
    else await call(updateWebhook, { params: { id: known.id }, body: { ...body, version } });
    await refresh(listWebhooks);
  };
  return (
    <EditorDrawer<Values>
      title={known === null ? t('create') : t('edit')}
      initial={known ?? { name: '', url: 'https://', events: [], isActive: true }}
      deed={known === null ? t('common:create') : t('common:save')}
      done={known === null ? null : t('common:saved')}
      width={600}
      save={save}
      onClose={onClose}
      fieldOf={{ 'webhook.address_private': 'url' }}
      extra={
        known && (
          <ConfirmButton
            danger
            type="text"
            question={t('deleteQuestion', { name: known.name })}
            consequence={t('deleteHint')}
            deed={t('delete')}
            onConfirm={async () => {
              await remove.mutateAsync({ params: { id: known.id } });
              toast.success(t('deleted'));
              onDeleted?.();
            }}
          >
            {t('delete')}
          </ConfirmButton>
        )
      }
    >
      <Form.Item name="name" label={t('name')} rules={[required()]}>
        <Input maxLength={120} placeholder={t('nameHint')} />
      </Form.Item>
      <Form.Item
        name="url"
        label={t('url')}
        extra={t('urlHint')}
        rules={[required(), { type: 'url' }]}
      >
        <Input maxLength={1000} inputMode="url" spellCheck={false} />
      </Form.Item>
      <div className="yd-hook-switch">
        <Form.Item name="isActive" valuePropName="checked" noStyle>
          <Switch aria-label={t('active')} />
        </Form.Item>
        <span>{t('active')}</span>
      </div>
      <Form.Item name="events" label={t('events')} extra={t('noEventsHint')}>
        <EventBoxes />
      </Form.Item>
    </EditorDrawer>
  );
}
