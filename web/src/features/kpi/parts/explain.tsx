import { InfoCircleOutlined } from '@ant-design/icons';
import type { KpiSettingsView, StandardKey, StandardsQuery } from '@yingda/contract';
import { getStandards } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { formatNumber } from '../../../lib/format.ts';
import { useCall } from '../../../lib/query.ts';
import { Popover } from '../../../ui/popover.tsx';
import { Loaded } from '../../../ui/states.tsx';
import { useStandardTexts, writerOf } from './texts.ts';

const byShortAbandons: readonly StandardKey[] = ['abandonment', 'service_level'];

/** The settings that a standard depends on, in words. */
function useSettingLines(of: StandardKey, settings: KpiSettingsView): string[] {
  const { t } = useTranslation('kpi');
  const lines: [boolean, string][] = [
    [of === 'service_level', t('explain.seconds', { seconds: settings.serviceLevelSeconds })],
    [
      byShortAbandons.includes(of) && settings.shortAbandonSeconds > 0,
      t(
        of === 'service_level' && settings.shortAbandonsInServiceLevel
          ? 'explain.shortStay'
          : 'explain.shortLeave',
        { seconds: settings.shortAbandonSeconds },
      ),
    ],
    [of === 'first_contact_resolution', t('explain.window', { count: settings.repeatWindowDays })],
    [of === 'occupancy', t(`explain.occupancy.${settings.occupancy}`)],
    [of === 'rings', t('explain.ring', { seconds: settings.ringSeconds })],
  ];
  return lines.filter(([holds]) => holds).map(([, line]) => line);
}

/** Times among the sums are in milliseconds and money in minor units; both are written as people read them. */
function usePart(settings: KpiSettingsView): (name: string, value: number) => string {
  const seconds = writerOf('talk_time', settings);
  const money = writerOf('cost_per_contact', settings);
  return (name, value) => {
    if (name.endsWith('Ms')) return seconds(value / 1000);
    return name === 'cost' ? money(value) : formatNumber(Math.round(value * 100) / 100);
  };
}

function Body({
  of,
  value,
  parts,
  settings,
}: {
  of: StandardKey;
  value: number | null;
  parts: Record<string, number>;
  settings: KpiSettingsView;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const texts = useStandardTexts();
  const lines = useSettingLines(of, settings);
  const part = usePart(settings);
  return (
    <div className="yd-kpi-explain">
      <h3>{texts.name(of)}</h3>
      <p>{texts.what(of)}</p>
      <h4>{t('explain.formula')}</h4>
      <p className="yd-kpi-formula">{texts.formula(of)}</p>
      {Object.keys(parts).length > 0 && (
        <dl className="yd-figures">
          {Object.entries(parts).map(([sum, amount]) => (
            <div key={sum}>
              <dt>{texts.measure(sum)}</dt>
              <dd>{part(sum, amount)}</dd>
            </div>
          ))}
          <div className="yd-kpi-explain-result">
            <dt>{t('explain.result')}</dt>
            <dd>{writerOf(of, settings)(value)}</dd>
          </div>
        </dl>
      )}
      {lines.map((line) => (
        <p key={line} className="yd-soft">
          {line}
        </p>
      ))}
      <p className="yd-soft">{t('explain.zone', { zone: settings.timeZone })}</p>
    </div>
  );
}

/** Asks for what the number was made of when somebody wants to know. */
function FetchedBody({
  of,
  query,
}: {
  of: StandardKey;
  query: z.input<typeof StandardsQuery>;
}): ReactNode {
  const standards = useCall(getStandards, { query });
  return (
    <Loaded query={standards} rows={4}>
      {({ cards, settings }) => {
        const card = cards.find(({ key }) => key === of);
        return (
          <Body of={of} value={card?.value ?? null} parts={card?.parts ?? {}} settings={settings} />
        );
      }}
    </Loaded>
  );
}

function Opener({ of, children }: { of: StandardKey; children: () => ReactNode }): ReactNode {
  const { t } = useTranslation('kpi');
  const texts = useStandardTexts();
  return (
    <Popover
      label={t('explain.open', { name: texts.name(of) })}
      className="yd-kpi-explain-open"
      button={<InfoCircleOutlined aria-hidden />}
    >
      {children}
    </Popover>
  );
}

/** How a number came about: what it is, the formula in words, what went into it, and the settings that it rests on. */
export function Explain(props: {
  of: StandardKey;
  value: number | null;
  parts: Record<string, number>;
  settings: KpiSettingsView;
}): ReactNode {
  return <Opener of={props.of}>{() => <Body {...props} />}</Opener>;
}

/** The same for the total of a report, whose answer does not hold the sums. */
export function ExplainTotal(props: {
  of: StandardKey;
  query: z.input<typeof StandardsQuery>;
}): ReactNode {
  return <Opener of={props.of}>{() => <FetchedBody {...props} />}</Opener>;
}
