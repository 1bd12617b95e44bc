import { CalendarOutlined, DownOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import type { RelativePeriod, ReportPeriod } from '@yingda/contract';
import { relativePeriods } from '@yingda/contract';
import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog.tsx';
import { Menu } from '../../../ui/menu.tsx';
import type { MenuItem } from '../../../ui/menu.tsx';
import { shifted } from '../model/period.ts';
import { presetOf } from '../model/search.ts';
import type { PeriodSearch } from '../model/search.ts';
import { formatSpan } from './texts.ts';

type Choice = RelativePeriod | 'own';

/** The two dates of a period of one's own. The browser's own fields: light, and known to every hand. */
function DatesDialog({
  period,
  anchor,
  onChoose,
  onClose,
}: {
  period: ReportPeriod;
  anchor: Element | null;
  onChoose: (period: ReportPeriod) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const [from, setFrom] = useState(period.from);
  const [to, setTo] = useState(period.to);
  const isWrong = from === '' || to === '' || from > to;
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!isWrong) onChoose({ from, to });
  };
  return (
    <Dialog label={t('period.own')} anchor={anchor} className="yd-kpi-dates" onClose={onClose}>
      <form onSubmit={submit}>
        <label>
          {t('period.from')}
          <Input type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label>
          {t('period.to')}
          <Input
            type="date"
            value={to}
            min={from}
            status={isWrong ? 'error' : ''}
            onChange={(event) => setTo(event.target.value)}
          />
        </label>
        {isWrong && (
          <p role="alert" className="yd-kpi-dates-wrong">
            {t('period.wrong')}
          </p>
        )}
        <div className="yd-kpi-dates-foot">
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="primary" htmlType="submit" disabled={isWrong}>
            {t('period.apply')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Chooses the period by its name, by two dates, or the one before and after. */
export function PeriodPicker({
  search,
  period,
  onChoose,
}: {
  search: PeriodSearch;
  period: ReportPeriod;
  onChoose: (search: PeriodSearch) => void;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const [isAsking, setAsking] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const preset = presetOf(search);
  const items: MenuItem<Choice>[] = [
    ...relativePeriods.flatMap((key): MenuItem<Choice>[] => [
      ...(key.startsWith('this_') ? ['rule' as const] : []),
      { key, label: t(`period.${key}`), checked: key === preset },
    ]),
    'rule',
    { key: 'own', label: t('period.own'), checked: preset === null },
  ];
  const own = (chosen: ReportPeriod): void =>
    onChoose({ period: undefined, from: chosen.from, to: chosen.to });
  return (
    <div ref={box} className="yd-kpi-period">
      <Button
        icon={<LeftOutlined />}
        aria-label={t('period.before')}
        title={t('period.before')}
        onClick={() => own(shifted(period, -1))}
      />
      <Menu
        items={items}
        onChoose={(key) => {
          if (key === 'own') setAsking(true);
          else onChoose({ period: key, from: undefined, to: undefined });
        }}
      >
        <Button icon={<CalendarOutlined />} className="yd-kpi-period-now">
          {preset !== null && <strong>{t(`period.${preset}`)}</strong>}
          <span className="yd-figures yd-ellipsis">{formatSpan(period)}</span>
          <DownOutlined className="yd-kpi-down" aria-hidden />
        </Button>
      </Menu>
      <Button
        icon={<RightOutlined />}
        aria-label={t('period.after')}
        title={t('period.after')}
        onClick={() => own(shifted(period, 1))}
      />
      {isAsking && (
        <DatesDialog
          period={period}
          anchor={box.current}
          onChoose={(chosen) => {
            setAsking(false);
            own(chosen);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
