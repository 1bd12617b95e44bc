import type { FormRule } from 'antd';
import { text } from '../lib/i18n.ts';

/** Must be filled in with more than spaces. */
export const required = (): FormRule => ({
  required: true,
  whitespace: true,
  message: text('problems:faults.required'),
});

/** Must be chosen. */
export const chosen = (): FormRule => ({
  required: true,
  message: text('problems:faults.required'),
});

export const email = (): FormRule => ({
  type: 'email',
  message: text('problems:faults.invalid_email'),
});

/** Shortest password the product takes. */
export const passwordLength = 10;
export const password = (): FormRule => ({
  min: passwordLength,
  message: text('problems:faults.password_short', { min: passwordLength }),
});

/** Must equal another field of the form, for example a repeated password. */
export const sameAs =
  (field: string): FormRule =>
  ({ getFieldValue }) => ({
    validator: (_rule, value: unknown) =>
      value === undefined || value === '' || value === getFieldValue(field)
        ? Promise.resolve()
        : Promise.reject(new Error(text('problems:faults.different'))),
  });
