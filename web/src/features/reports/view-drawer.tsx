import { createSavedView, listSavedViews } from '@yingda/contract';
import { Form, Input, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api.ts';
import { useRights } from '../../lib/me.ts';
import { refresh } from '../../lib/query.ts';
import { EditorDrawer } from '../../ui/editor-drawer.tsx';
import { required } from '../../ui/rules.ts';
import type { SavedViewsProps } from './saved-views.tsx';
import { viewQueryOf } from './view-query.ts';

interface Values {
  name: string;
  isShared: boolean;
}

/** Keeps what a page shows under a name. */
export function ViewDrawer({
  page,
  query,
  search,
  onClose,
}: SavedViewsProps & { onClose: () => void }): ReactNode {
  const { t } = useTranslation('reports');
  const { may } = useRights();
  const save = async ({ name, isShared }: Values): Promise<void> => {
    await call(createSavedView, {
      body: { name, isShared, page, query: viewQueryOf(query, search) },
    });
    await refresh(listSavedViews);
  };
  return (
    <EditorDrawer<Values>
      title={t('views.keep')}
      hint={t('views.keepHint')}
      initial={{ isShared: false }}
      deed={t('common:save')}
      save={save}
      onClose={onClose}
      width={420}
    >
      <Form.Item name="name" label={t('views.name')} rules={[required()]}>
        <Input maxLength={80} placeholder={t('views.nameExample')} />
      </Form.Item>
      {may('report.manage') && (
        <Form.Item
          name="isShared"
          label={t('views.isShared')}
          extra={t('views.sharedHint')}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
      )}
    </EditorDrawer>
  );
}
