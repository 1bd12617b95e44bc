import { revealWidgetSecret } from '@yingda/contract';
import type { WidgetView } from '@yingda/contract';
import { Button, Form, Segmented, Select, Switch } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { text } from '../../../lib/i18n.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { CopyBox } from '../../../ui/copy.tsx';
import { toast } from '../../../ui/toast.tsx';
import { pageSample, sampleLanguages, serverSamples } from './code-samples.ts';
import type { SampleLanguage } from './code-samples.ts';
import { Part } from './part.tsx';

const originForm = /^https?:\/\/[^\s/?#]+\/?$/i;

async function checkOrigins(origins: readonly string[]): Promise<void> {
  if (origins.every((origin) => originForm.test(origin))) return;
  throw new Error(text('problems:faults.origin_format'));
}

/** Shows the secret on request only: each look is in the audit log. */
function Secret({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('settings');
  const [secret, setSecret] = useState<string | null>(null);
  const reveal = async (renew: boolean): Promise<void> => {
    const answer = await call(revealWidgetSecret, { params: { id }, body: { renew } });
    setSecret(answer.secret);
  };
  return (
    <Form.Item label={t('widgets.secret')} extra={t('widgets.secretHint')}>
      {secret && <CopyBox text={secret} label={t('widgets.secret')} />}
      <div className="yd-tags" style={{ marginTop: secret ? 8 : 0 }}>
        {!secret && (
          <Button onClick={() => void reveal(false).catch(toast.problem)}>
            {t('widgets.showSecret')}
          </Button>
        )}
        <ConfirmButton
          danger
          type="text"
          question={t('widgets.renewQuestion')}
          consequence={t('widgets.renewConsequence')}
          deed={t('widgets.renewSecret')}
          onConfirm={() => reveal(true)}
        >
          {t('widgets.renewSecret')}
        </ConfirmButton>
      </div>
    </Form.Item>
  );
}

function Samples(): ReactNode {
  const { t } = useTranslation('settings');
  const [language, setLanguage] = useState<SampleLanguage>('Node');
  return (
    <>
      <p className="yd-widget-step">{t('widgets.sampleServer')}</p>
      <Segmented<SampleLanguage>
        aria-label={t('widgets.sampleServer')}
        options={[...sampleLanguages]}
        value={language}
        onChange={setLanguage}
      />
      <div className="yd-widget-sample">
        <CopyBox text={serverSamples[language]} label={language} />
      </div>
      <p className="yd-widget-step">{t('widgets.samplePage')}</p>
      <CopyBox text={pageSample} label={t('widgets.samplePage')} />
    </>
  );
}

/** Where the window may appear, and how the site's server tells who is signed in. */
export function SecurityPart({ widget }: { widget: WidgetView | null }): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <>
      <Part title={t('widgets.sites')} hint={t('widgets.sitesHint')}>
        <Form.Item
          name={['settings', 'allowedOrigins']}
          label={t('widgets.origins')}
          rules={[{ validator: (_, origins: string[]) => checkOrigins(origins) }]}
        >
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            maxCount={100}
            tokenSeparators={[' ', ',', '\n']}
            placeholder={t('widgets.anySite')}
          />
        </Form.Item>
      </Part>
      <Part title={t('widgets.identity')} hint={t('widgets.identityHint')}>
        <div className="yd-lone-switch">
          <div>
            <label htmlFor="settings_requireIdentity">{t('widgets.requireIdentity')}</label>
            <p>{t('widgets.requireIdentityHint')}</p>
          </div>
          <Form.Item name={['settings', 'requireIdentity']} valuePropName="checked">
            <Switch />
          </Form.Item>
        </div>
        {widget ? (
          <>
            <Secret id={widget.id} />
            <Samples />
          </>
        ) : (
          <p className="yd-soft">{t('widgets.secretLater')}</p>
        )}
      </Part>
    </>
  );
}
