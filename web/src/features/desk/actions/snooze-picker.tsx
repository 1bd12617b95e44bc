import { CalendarOutlined, ClockCircleOutlined, CommentOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { browserZone, formatDateTime } from '../../../lib/format.ts';
import { snoozeOptions, toLocalInput } from '../model/snooze.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Picker } from '../../../ui/picker.tsx';
import './snooze-picker.css';

interface SnoozeProps {
  anchor: Element | null;
  onPick: (until: Date | null) => void;
  onClose: () => void;
}

const ownDate = 'own_date';

/** A date and time of the agent's own choice. */
function OwnDate({ anchor, onPick, onClose }: SnoozeProps): ReactNode {
  const { t } = useTranslation('desk');
  const [now] = useState(() => new Date());
  const [value, setValue] = useState(() =>
    toLocalInput(new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 9)),
  );
  const at = new Date(value);
  const isFuture = at.getTime() > now.getTime();
  return (
    <Dialog label={t('snooze.title')} anchor={anchor} onClose={onClose}>
      <form
        className="yd-own-date"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isFuture) return;
          onClose();
          onPick(at);
        }}
      >
        <label htmlFor="yd-snooze-at">{t('snooze.at')}</label>
        <input
          id="yd-snooze-at"
          type="datetime-local"
          // The dialog asks for nothing else.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          required
          min={toLocalInput(now)}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
        <p className="yd-soft">
          {isFuture ? t('snooze.zone', { zone: browserZone() }) : t('snooze.past')}
        </p>
        <Button type="primary" htmlType="submit" disabled={!isFuture}>
          {t('actions.snooze')}
        </Button>
      </form>
    </Dialog>
  );
}

/** Chooses until when a conversation is put aside. */
export function SnoozePicker(props: SnoozeProps): ReactNode {
  const { t } = useTranslation('desk');
  const [options] = useState(() => snoozeOptions(new Date()));
  const [isOwn, setOwn] = useState(false);
  if (isOwn) return <OwnDate {...props} />;
  return (
    <Picker
      anchor={props.anchor}
      title={t('snooze.title')}
      placeholder={t('snooze.placeholder')}
      options={[
        ...options.map(({ choice, until }) => ({
          id: choice,
          label: t(`snooze.${choice}`),
          icon: until ? <ClockCircleOutlined /> : <CommentOutlined />,
          ...(until ? { hint: formatDateTime(until) } : {}),
        })),
        { id: ownDate, label: t('snooze.own'), icon: <CalendarOutlined /> },
      ]}
      onPick={(id) => {
        if (id === ownDate) {
          setOwn(true);
          return 'stay';
        }
        const option = options.find(({ choice }) => choice === id);
        if (option) props.onPick(option.until);
        return undefined;
      }}
      onClose={props.onClose}
    />
  );
}
