import { createKey, listKeys } from '@yingda/contract';
import type { Permission } from '@yingda/contract';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { useRights } from '../../../lib/me.ts';
import { refresh } from '../../../lib/query.ts';
import { CopyBox } from '../../../ui/copy.tsx';
import { EditorDrawer } from '../../../ui/editor-drawer.tsx';
import { chosen, required } from '../../../ui/rules.ts';
import { PermissionBoxes } from '../shared/permission-boxes.tsx';

interface Values {
  name: string;
  days: number;
  scopes: Permission[];
}
const lifetimes = [30, 90, 365, 0];
const dayMs = 86_400_000;

/** Makes a key and shows its secret once. */
export function KeyDrawer({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation('settings');
  const { may } = useRights();
  const [secret, setSecret] = useState<string | null>(null);
  const save = async ({ name, days, scopes }: Values): Promise<void> => {
    const expiresAt = days === 0 ? null : new Date(Date.now() + days * dayMs).toISOString();
    const made = await call(createKey, { body: { name, scopes, expiresAt } });
    setSecret(made.secret);
    await refresh(listKeys);
  };
  if (secret) {
    return (
      <Modal
        open
        title={t('keys.made')}
        onCancel={onClose}
        mask={{ closable: false }}
        footer={
          <Button type="primary" onClick={onClose}>
            {t('keys.kept')}
          </Button>
        }
      >
        <p style={{ marginBottom: 12 }}>{t('keys.once')}</p>
        <CopyBox text={secret} label={t('keys.made')} />
      </Modal>
    );
  }
  return (
    <EditorDrawer<Values>
      title={t('keys.create')}
      hint={t('keys.createHint')}
      initial={{ days: 90, scopes: [] }}
      deed={t('common:create')}
      done={null}
      save={save}
      onSaved={() => undefined}
      onClose={onClose}
      fieldOf={{ 'role.beyond_own_rights': 'scopes' }}
    >
      <Form.Item name="name" label={t('keys.name')} extra={t('keys.nameHint')} rules={[required()]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="days" label={t('keys.lifetime')}>
        <Select
          options={lifetimes.map((days) => ({
            value: days,
            label: days === 0 ? t('keys.unlimited') : t('keys.days', { count: days }),
          }))}
        />
      </Form.Item>
      <Form.Item name="scopes" label={t('keys.scopes')} rules={[chosen()]}>
        <PermissionBoxes offered={(permission) => may(permission)} />
      </Form.Item>
    </EditorDrawer>
  );
}
