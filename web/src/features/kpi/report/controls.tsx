import { CloseOutlined, DownOutlined, PlusOutlined } from '@ant-design/icons';
import { ReportGroup, ReportStep, standardKeys } from '@yingda/contract';
import type { ReportPeriod, StandardKey } from '@yingda/contract';
import { Button, Checkbox } from 'antd';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Menu } from '../../../ui/menu.tsx';
import { Picker } from '../../../ui/picker.tsx';
import { toast } from '../../../ui/toast.tsx';
import { maxSteps, stepsIn } from '../model/period.ts';
import { numberOf, useStandardTexts } from '../parts/texts.ts';
import { comparedIn, comparisonKinds, maxStandards } from './use-report.ts';
import type { Report } from './use-report.ts';

/** Which standards the report shows, as chips; at least one stays. */
function StandardChips({ report }: { report: Report }): ReactNode {
  const { t } = useTranslation('kpi');
  const texts = useStandardTexts();
  const { standards, change } = report;
  const [isChoosing, setChoosing] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const set = (keys: StandardKey[]): void => change({ standards: keys.join(',') });
  const toggle = (key: StandardKey): void => {
    if (standards.includes(key)) {
      if (standards.length > 1) set(standards.filter((one) => one !== key));
    } else if (standards.length >= maxStandards) toast.info(t('report.limit'));
    else set([...standards, key]);
  };
  return (
    <div ref={box} className="yd-kpi-filters" role="group" aria-label={t('report.standards')}>
      {standards.map((key) => (
        <span key={key} className="yd-kpi-chip is-plain">
          <button type="button" onClick={() => setChoosing(true)}>
            <span className="yd-kpi-chip-name yd-figures">{numberOf(key)}</span>
            <span className="yd-ellipsis">{texts.name(key)}</span>
          </button>
          {standards.length > 1 && (
            <button
              type="button"
              aria-label={t('filter.clear', { name: texts.name(key) })}
              onClick={() => toggle(key)}
            >
              <CloseOutlined aria-hidden />
            </button>
          )}
        </span>
      ))}
      <Button icon={<PlusOutlined />} onClick={() => setChoosing(true)}>
        {t('report.standards')}
      </Button>
      {isChoosing && (
        <Picker
          title={t('report.standards')}
          placeholder={t('report.find')}
          several
          anchor={box.current}
          options={standardKeys.map((key) => ({
            id: key,
            label: texts.name(key),
            icon: <span className="yd-figures yd-soft">{numberOf(key)}</span>,
            keywords: `${key} ${numberOf(key)}`,
            checked: standards.includes(key),
          }))}
          onPick={(id) => {
            const key = standardKeys.find((one) => one === id);
            if (key) toggle(key);
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  );
}

/** What is shown: standards, step, split and comparison. */
export function Controls({ report, period }: { report: Report; period: ReportPeriod }): ReactNode {
  const { t } = useTranslation('kpi');
  const { search, step, change } = report;
  const by = search.by ?? 'none';
  const compared = comparedIn(search);
  return (
    <div className="yd-kpi-bar">
      <StandardChips report={report} />
      <span className="yd-kpi-controls">
        <Menu
          items={ReportStep.options.map((key) => ({
            key,
            label: t(`step.${key}`),
            checked: key === step,
            disabled: stepsIn(period, key) > maxSteps,
          }))}
          onChoose={(key) => change({ step: key })}
        >
          <Button>
            <span className="yd-soft">{t('report.step')}</span>
            {t(`step.${step}`)}
            <DownOutlined className="yd-kpi-down" aria-hidden />
          </Button>
        </Menu>
        <Menu
          items={ReportGroup.options.map((key) => ({
            key,
            label: t(`by.${key}`),
            checked: key === by,
          }))}
          onChoose={(key) => change({ by: key === 'none' ? undefined : key, row: undefined })}
        >
          <Button>
            <span className="yd-soft">{t('report.by')}</span>
            {t(`by.${by}`)}
            <DownOutlined className="yd-kpi-down" aria-hidden />
          </Button>
        </Menu>
        {comparisonKinds.map((kind) => (
          <Checkbox
            key={kind}
            checked={compared.includes(kind)}
            onChange={({ target }) => {
              const next = comparisonKinds.filter((one) =>
                one === kind ? target.checked : compared.includes(one),
              );
              change({ compare: next.join(',') || undefined }, { replace: true });
            }}
          >
            {t(`report.${kind}`)}
          </Checkbox>
        ))}
      </span>
    </div>
  );
}
