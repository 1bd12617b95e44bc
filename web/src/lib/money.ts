import { currentLanguage } from './language.ts';

/** How many digits a currency has behind the point: 2 for CNY, 0 for JPY. */
export function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
      .maximumFractionDigits ?? 2
  );
}

/** An amount as people write it, in the smallest unit of the currency: 12.5 CNY → 1250. */
export function toMinor(major: number, currency: string): number {
  // Through decimal text: 1.005 × 100 is 100.49999999999999 in binary.
  return Math.round(Number(`${major}e${minorDigits(currency)}`));
}

/** An amount in the smallest unit, as people write it: 1250 → 12.5. May keep fractions of the smallest unit. */
export function toMajor(minor: number, currency: string): number {
  return minor / 10 ** minorDigits(currency);
}

/** An amount in the smallest unit with the sign of its currency: `¥12.50`. */
export function formatMoney(minor: number, currency: string): string {
  return new Intl.NumberFormat(currentLanguage(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).format(toMajor(minor, currency));
}

/** The sign of a currency alone: `¥`. */
export function moneySign(currency: string): string {
  const parts = new Intl.NumberFormat(currentLanguage(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  return parts.find(({ type }) => type === 'currency')?.value ?? currency;
}
