import { Form, Radio } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BilingualFields } from './look-part.tsx';
import { Part } from './part.tsx';
import { PreChatFields } from './pre-chat-fields.tsx';

/** What is asked before the chat begins. */
export function PreChatPart(): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <Part title={t('widgets.preChat')} hint={t('widgets.preChatHint')}>
      <Form.Item name={['settings', 'preChat']}>
        <PreChatFields />
      </Form.Item>
    </Part>
  );
}

/** What a visitor finds while nobody is there. */
export function ClosedPart(): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <Part title={t('widgets.closed')} hint={t('widgets.closedHint')}>
      <Form.Item name={['settings', 'whenClosed']}>
        <Radio.Group
          options={[
            { value: 'form', label: t('widgets.closedForm') },
            { value: 'hide', label: t('widgets.closedHide') },
          ]}
        />
      </Form.Item>
      <BilingualFields name="closedText" label={t('widgets.closedText')} long />
    </Part>
  );
}
