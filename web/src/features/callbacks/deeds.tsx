import { MoreOutlined } from '@ant-design/icons';
import type { CallbackDetail } from '@yingda/contract';
import { assignCallback, listColleagues, postponeCallback, takeCallback } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../lib/format.ts';
import { useMe } from '../../lib/me.ts';
import { useCall } from '../../lib/query.ts';
import { useShortcuts } from '../../lib/use-shortcuts.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Picker } from '../../ui/picker.tsx';
import { toast } from '../../ui/toast.tsx';
import { useCallbackAct } from './data.ts';
import { TimeField } from './time-field.tsx';

interface Asked {
  callback: CallbackDetail;
  onClose: () => void;
}

function AssignPicker({ callback, onClose }: Asked): ReactNode {
  const { t } = useTranslation('callbacks');
  const { data } = useCall(listColleagues);
  const assign = useCallbackAct(assignCallback, ({ holderName }) =>
    toast.success(t('assigned', { name: holderName })),
  );
  const { id, version, teamId, holderId } = callback;
  const options = (data?.items ?? [])
    .filter(({ active, teamIds }) => active && teamIds.includes(teamId))
    .map((person) => ({ ...person, label: person.name, checked: person.id === holderId }));
  return (
    <Picker
      title={t('assign')}
      placeholder={t('assignHint')}
      options={options.map(({ id: personId, label, checked }) => ({
        id: personId,
        label,
        checked,
      }))}
      onClose={onClose}
      onPick={(personId) =>
        assign.mutate(
          { params: { id }, body: { version, holderId: personId } },
          { onError: toast.problem },
        )
      }
    />
  );
}

function PostponeDialog({ callback, onClose }: Asked): ReactNode {
  const { t } = useTranslation('callbacks');
  const [at, setAt] = useState('');
  const [note, setNote] = useState('');
  const postpone = useCallbackAct(postponeCallback, ({ nextTryAt }) => {
    toast.success(t('postponed', { at: formatDateTime(nextTryAt) }));
    onClose();
  });
  const { id, version } = callback;
  return (
    <FormDialog
      title={t('postpone')}
      hint={t('postponeHint')}
      deed={t('postpone')}
      busy={postpone.isPending}
      error={postpone.error}
      disabled={at === ''}
      onClose={onClose}
      onSubmit={() =>
        postpone.mutate({
          params: { id },
          body: { version, nextTryAt: new Date(at).toISOString(), note: note.trim() },
        })
      }
    >
      <TimeField required value={at} onChange={setAt} />
      <label className="yd-field">
        <span>{t('why')}</span>
        <input maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
    </FormDialog>
  );
}

type Deed = 'postpone' | 'assign' | 'release';

/** What one may do with a callback besides calling. */
export function CallbackDeeds({ callback }: { callback: CallbackDetail }): ReactNode {
  const { t } = useTranslation('callbacks');
  const [asked, setAsked] = useState<Deed | null>(null);
  const release = useCallbackAct(assignCallback, () => toast.success(t('released')));
  const { id, version, holderId, mayWork, mayAssign, state } = callback;
  const me = useMe();
  if (state !== 'open') return null;
  const mayRelease = holderId !== null && (mayAssign || holderId === me.id);
  const items = [
    ...(mayWork ? [{ key: 'postpone' as const, label: t('postpone') }] : []),
    ...(mayAssign ? [{ key: 'assign' as const, label: t('assign') }] : []),
    ...(mayRelease ? [{ key: 'release' as const, label: t('release') }] : []),
  ];
  if (items.length === 0) return null;
  const close = (): void => setAsked(null);
  return (
    <>
      <Menu
        items={items}
        onChoose={(deed) => {
          if (deed !== 'release') setAsked(deed);
          else {
            release.mutate(
              { params: { id }, body: { version, holderId: null } },
              { onError: toast.problem },
            );
          }
        }}
      >
        <Button icon={<MoreOutlined />} aria-label={t('more')} title={t('more')} />
      </Menu>
      {asked === 'postpone' && <PostponeDialog callback={callback} onClose={close} />}
      {asked === 'assign' && <AssignPicker callback={callback} onClose={close} />}
    </>
  );
}

/** Who makes the call; a free one can be taken. */
export function TakePart({ callback }: { callback: CallbackDetail }): ReactNode {
  const { t } = useTranslation('callbacks');
  const take = useCallbackAct(takeCallback, () => toast.success(t('taken')));
  const { id, holderId, holderName, mayWork } = callback;
  const mayTake = mayWork && holderId === null;
  const run = (): void => take.mutate({ params: { id } }, { onError: toast.problem });
  useShortcuts(
    [{ keys: 't', label: 'callbacks:keys.take', group: 'callbacks:title', run }],
    mayTake,
  );
  return (
    <div className="yd-callback-take">
      <p className="yd-soft">
        {holderId === null ? t('takeFirst') : t('takenBy', { name: holderName })}
      </p>
      {mayTake && (
        <Button type="primary" loading={take.isPending} title={`${t('take')} (T)`} onClick={run}>
          {t('take')}
        </Button>
      )}
    </div>
  );
}
