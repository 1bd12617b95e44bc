import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import {
  followLog,
  getOrganisation,
  getReport,
  getStandards,
  listFollowedLogs,
  removeFollowedLog,
  stopFollowing,
} from '@yingda/contract';
import type { FollowedLogView } from '@yingda/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api.ts';
import { browserZone, formatBytes, formatNumber } from '../../lib/format.ts';
import { keyOf, refresh, useCall } from '../../lib/query.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { DataTable, Tag } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EditorDrawer } from '../../ui/editor-drawer.tsx';
import { chosen, required } from '../../ui/rules.ts';
import { Loaded } from '../../ui/states.tsx';
import { TimeAgo } from '../../ui/time.tsx';
import { ZoneSelect } from '../../ui/zone-select.tsx';

const tones = { following: 'green', missing: 'amber', unreadable: 'red', stopped: 'grey' } as const;

function useColumns(): Column<FollowedLogView>[] {
  const { t } = useTranslation('imports');
  const stop = async (id: string): Promise<void> => {
    await call(stopFollowing, { params: { id } });
    await refresh(listFollowedLogs);
  };
  const remove = async (id: string): Promise<void> => {
    await call(removeFollowedLog, { params: { id } });
    await refresh(listFollowedLogs, getStandards, getReport);
  };
  return [
    { key: 'path', title: t('followed.path'), render: ({ path }) => <code>{path}</code> },
    { key: 'log', title: t('list.log'), narrow: 'hide', render: ({ log }) => log },
    {
      key: 'contacts',
      title: t('list.contacts'),
      align: 'right',
      narrow: 'hide',
      render: ({ contacts }) => <span className="yd-figures">{formatNumber(contacts)}</span>,
    },
    {
      key: 'state',
      title: t('list.state'),
      narrow: 'below',
      render: ({ state, lastLineAt }) => (
        <span className="yd-tags">
          <Tag tone={tones[state]}>{t(`followed.states.${state}`)}</Tag>
          {lastLineAt !== null && (
            <span className="yd-soft">
              {t('followed.lastLine')} <TimeAgo at={lastLineAt} />
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'deeds',
      title: '',
      width: 110,
      render: ({ id, path, state }) => (
        <span className="yd-tags">
          {state !== 'stopped' && (
            <ConfirmButton
              type="text"
              size="small"
              question={t('followed.stopQuestion')}
              consequence={t('followed.stopConsequence')}
              deed={t('followed.stop')}
              onConfirm={() => stop(id)}
            >
              {t('followed.stop')}
            </ConfirmButton>
          )}
          <ConfirmButton
            type="text"
            danger
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t('followed.removeOf', { path })}
            question={t('followed.removeQuestion')}
            consequence={t('followed.removeConsequence')}
            deed={t('followed.remove')}
            onConfirm={() => remove(id)}
          />
        </span>
      ),
    },
  ];
}

interface Values {
  path: string;
  log: string;
  zone: string;
}

function FollowDrawer({
  files,
  onClose,
}: {
  files: readonly { path: string; size: number }[];
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('imports');
  const zone = useCall(getOrganisation).data?.timeZone ?? browserZone();
  const [form] = Form.useForm<Values>();
  const save = async (body: Values): Promise<void> => {
    await call(followLog, { body });
    await refresh(listFollowedLogs);
  };
  return (
    <EditorDrawer<Values>
      title={t('followed.add')}
      hint={t('followed.addHint')}
      form={form}
      initial={{ zone }}
      deed={t('followed.add')}
      save={save}
      onClose={onClose}
      fieldOf={{
        'import.follow_not_allowed': 'path',
        'import.follow_unreadable': 'path',
        'import.follow_twice': 'path',
      }}
    >
      <Form.Item name="path" label={t('followed.path')} rules={[chosen()]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={files.map(({ path, size }) => ({
            value: path,
            label: `${path} (${formatBytes(size)})`,
          }))}
          onChange={(path: string) => {
            if (!form.isFieldTouched('log')) {
              form.setFieldValue('log', path.split(/[/\\]/).at(-1) ?? path);
            }
          }}
        />
      </Form.Item>
      <Form.Item name="log" label={t('file.log')} extra={t('file.logHint')} rules={[required()]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="zone" label={t('file.zone')} extra={t('file.zoneHint')} rules={[chosen()]}>
        <ZoneSelect />
      </Form.Item>
    </EditorDrawer>
  );
}

/** Logs on the server that are read as they grow. */
export function FollowedLogs(): ReactNode {
  const { t } = useTranslation('imports');
  const columns = useColumns();
  const [adding, setAdding] = useState(false);
  const query = useQuery({
    queryKey: keyOf(listFollowedLogs),
    queryFn: ({ signal }) => call(listFollowedLogs, {}, { signal }),
    refetchInterval: ({ state }) => ((state.data?.items.length ?? 0) > 0 ? 3000 : false),
  });
  const mayAdd = (query.data?.directories.length ?? 0) > 0;
  return (
    <section className="yd-part">
      <header>
        <h2>{t('followed.title')}</h2>
        {mayAdd && (
          <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('followed.add')}
          </Button>
        )}
      </header>
      <Loaded query={query} rows={2}>
        {({ items, directories, files }) => (
          <>
            {items.length > 0 ? (
              <DataTable label={t('followed.title')} rows={items} columns={columns} />
            ) : (
              <p className="yd-soft">
                {directories.length > 0 ? t('followed.none') : t('followed.notAllowed')}
              </p>
            )}
            {adding && <FollowDrawer files={files} onClose={() => setAdding(false)} />}
          </>
        )}
      </Loaded>
    </section>
  );
}
