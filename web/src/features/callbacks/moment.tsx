import type { CallbackView } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDayTime, formatDuration, formatExact } from '../../lib/format.ts';
import { Tag } from '../../ui/data-table.tsx';
import { useNow } from '../../ui/time.tsx';
import { momentOf } from './model/moment.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Time without the flicker of seconds: whole minutes, whole hours beyond a day. */
function span(ms: number): string {
  const step = Math.abs(ms) < dayMs ? minuteMs : 60 * minuteMs;
  return formatDuration(Math.max(minuteMs, Math.floor(Math.abs(ms) / step) * step));
}

/** When the call is to be made, in colour and in words; what was made says how it ended. */
export function Moment({ callback }: { callback: CallbackView }): ReactNode {
  const { t } = useTranslation('callbacks');
  const now = useNow(10_000);
  const { state, dueAt, nextTryAt } = callback;
  if (state !== 'open') {
    return <Tag tone={state === 'done' ? 'green' : 'amber'}>{t(`state.${state}`)}</Tag>;
  }
  const moment = momentOf(callback, now);
  const left = Date.parse(dueAt) - now;
  const words = {
    waiting: () => t('when.at', { at: formatDayTime(nextTryAt) }),
    late: () => t('when.late', { span: span(left) }),
    soon: () => t('when.left', { span: span(left) }),
    now: () => t('when.until', { at: formatDayTime(dueAt) }),
  };
  const tones = { waiting: 'grey', late: 'red', soon: 'amber', now: 'accent' } as const;
  return (
    <span title={t('when.exact', { at: formatExact(dueAt) })} className="yd-figures">
      <Tag tone={tones[moment]}>{words[moment]()}</Tag>
    </span>
  );
}
