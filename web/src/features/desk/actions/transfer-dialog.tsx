import { HourglassOutlined } from '@ant-design/icons';
import { listQueues } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../lib/me.ts';
import { useCall } from '../../../lib/query.ts';
import type { TransferTarget } from '../data/use-actions.ts';
import { enterMeans } from '../model/editing.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { type Option, Picker } from '../../../ui/picker.tsx';
import { useAgentOptions } from './pickers.tsx';
import './snooze-picker.css';

interface TransferProps {
  teamId: string;
  anchor: Element | null;
  onTransfer: (to: TransferTarget, note: string, name: string) => void;
  onClose: () => void;
}

const longestNote = 5000;

function useTargets(teamId: string): Option[] {
  const { t } = useTranslation('desk');
  const me = useMe();
  const agents = useAgentOptions(teamId).filter(({ id }) => id !== me.id);
  const queues = useCall(listQueues, undefined, { staleTime: 5000 }).data?.items ?? [];
  return [
    ...queues.map((queue) => ({
      id: `queue:${queue.id}`,
      label: queue.name,
      icon: <HourglassOutlined />,
      group: t('transfer.queues'),
      hint: t('transfer.queueState', { waiting: queue.waiting, ready: queue.agentsReady }),
    })),
    ...agents.map((option) => ({
      ...option,
      id: `agent:${option.id}`,
      group: t('transfer.agents'),
    })),
  ];
}

const targetOf = (id: string): TransferTarget =>
  id.startsWith('queue:')
    ? { kind: 'queue', queueId: id.slice('queue:'.length) }
    : { kind: 'agent', agentId: id.slice('agent:'.length) };

/** Passes a conversation on: first to whom, then what they should know. */
export function TransferDialog({ teamId, anchor, onTransfer, onClose }: TransferProps): ReactNode {
  const { t } = useTranslation('desk');
  const targets = useTargets(teamId);
  const [target, setTarget] = useState<{ id: string; name: string } | null>(null);
  const [note, setNote] = useState('');
  if (!target) {
    return (
      <Picker
        anchor={anchor}
        title={t('transfer.title')}
        placeholder={t('transfer.placeholder')}
        options={targets}
        onPick={(id) => {
          const found = targets.find((option) => option.id === id);
          if (found) setTarget({ id, name: found.label });
          return 'stay';
        }}
        onClose={onClose}
      />
    );
  }
  const send = (): void => {
    onClose();
    onTransfer(targetOf(target.id), note.trim(), target.name);
  };
  return (
    <Dialog label={t('transfer.title')} anchor={anchor} onClose={onClose}>
      <form
        className="yd-own-date"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <label htmlFor="yd-transfer-note">{t('transfer.note', { name: target.name })}</label>
        <textarea
          id="yd-transfer-note"
          // The dialog asks for nothing else.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          rows={4}
          maxLength={longestNote}
          value={note}
          placeholder={t('transfer.notePlaceholder')}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={(event) => {
            const isSend = event.ctrlKey || event.metaKey;
            if (isSend && enterMeans(event.nativeEvent) === 'send') send();
          }}
        />
        <p className="yd-soft">{t('transfer.noteHint')}</p>
        <Button type="primary" htmlType="submit">
          {t('actions.transfer')}
        </Button>
      </form>
    </Dialog>
  );
}
