import type {
  KpiSettingsView,
  ReportPeriod,
  Sentence,
  StandardKey,
  StandardUnit,
} from '@yingda/contract';
import { sentenceText, standardKeys, standardUnits } from '@yingda/contract';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../lib/format.ts';
import { currentLanguage } from '../../../lib/language.ts';
import { formatValue } from '../model/values.ts';

export interface StandardTexts {
  name: (key: StandardKey) => string;
  what: (key: StandardKey) => string;
  formula: (key: StandardKey) => string;
  /** A sentence of the catalogue under `says` or `causes` with its values. */
  says: (kind: 'says' | 'causes', sentence: Sentence, currency: string) => string;
  advice: (code: string) => string;
  missing: (code: string) => string;
  measure: (name: string) => string;
}

const named: readonly StandardUnit[] = ['rings', 'per_hour', 'score'];

/** The words of the standards, in the language of the page. */
export function useStandardTexts(): StandardTexts {
  const { t } = useTranslation('standards');
  return {
    name: (key) => t(`standards.${key}.name`),
    what: (key) => t(`standards.${key}.what`),
    formula: (key) => t(`standards.${key}.formula`),
    says: (kind, sentence, currency) =>
      sentenceText(kind, sentence, {
        text: (key, params) => t(key, params),
        format: (unit, value) => {
          const written = formatValue(value, unit, currency);
          // In a sentence a bare number says too little.
          return named.includes(unit) ? `${written} ${t(`units.${unit}`)}` : written;
        },
      }),
    advice: (code) => t(`advice.${code}`),
    missing: (code) => t(`missing.${code}`),
    measure: (name) => t(`measures.${name}`, { defaultValue: name }),
  };
}

/** The number of a standard in the list of 23. */
export const numberOf = (key: StandardKey): number => standardKeys.indexOf(key) + 1;

/** No value of these units is greater. */
export const limitOf = (key: StandardKey): number | null =>
  standardUnits[key] === 'percent' && key !== 'turnover' ? 100 : null;

/** Writes values of a standard, money in the currency of the settings. */
export const writerOf =
  (key: StandardKey, { currency }: Pick<KpiSettingsView, 'currency'>) =>
  (value: number | null): string =>
    formatValue(value, standardUnits[key], currency);

/** A period as people write it, what is the same on both ends said once: `Oct 1 – 31, 2026`. */
export function formatSpan({ from, to }: ReportPeriod): string {
  const format = new Intl.DateTimeFormat(currentLanguage(), {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
  });
  return format.formatRange(new Date(`${from}T12:00:00Z`), new Date(`${to}T12:00:00Z`));
}

/** A local date as people write it. */
export const formatDay = (date: string): string => formatDate(`${date}T12:00:00Z`, 'UTC');
