import { currentLanguage } from '../../../lib/language.ts';

/** A part of 1 in whole per cent. */
export const formatShare = (share: number): string =>
  new Intl.NumberFormat(currentLanguage(), { style: 'percent', maximumFractionDigits: 0 }).format(
    share,
  );
