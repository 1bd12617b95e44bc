import type { TargetBand } from '@yingda/contract';
import { useTranslation } from 'react-i18next';

/** The range a value should lie in, in words. */
export function useBandWords(): (
  band: TargetBand,
  write: (value: number | null) => string,
) => string {
  const { t } = useTranslation('kpi');
  const range = ({ low, high }: TargetBand, write: (value: number | null) => string): string => {
    if (low !== null && high !== null)
      return t('band.between', { low: write(low), high: write(high) });
    if (low !== null) return t('band.least', { low: write(low) });
    return high === null ? '' : t('band.most', { high: write(high) });
  };
  return (band, write) => {
    const usual = band.norm === null ? '' : t('band.norm', { norm: write(band.norm) });
    return [range(band, write), usual].filter(Boolean).join(t('band.comma'));
  };
}
