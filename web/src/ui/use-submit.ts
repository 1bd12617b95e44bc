import type { FormInstance } from 'antd';
import { useState } from 'react';
import { ProblemError } from '../lib/api.ts';
import { faultsOf, problemText } from '../lib/problems.ts';
import type { FieldErrors } from '../lib/problems.ts';

export interface Submitting<V> {
  busy: boolean;
  /** What went wrong and belongs to no single field. */
  error: unknown;
  submit: (values: V) => Promise<void>;
}

const same = (a: readonly (string | number)[], b: readonly (string | number)[]): boolean =>
  a.join('.') === b.join('.');

/** The field of the form that a fault belongs to: itself, or the nearest one above it. */
function placed(fault: FieldErrors, fields: (string | number)[][]): FieldErrors | undefined {
  for (let length = fault.name.length; length > 0; length--) {
    const name = fault.name.slice(0, length);
    if (fields.some((field) => same(field, name))) return { ...fault, name };
  }
  return undefined;
}

/**
 * Runs the deed of a form. Faults the server finds are shown beside their fields; `fieldOf` says which field a
 * problem code belongs to, for example `{ 'team.name_taken': 'name' }`; anything else is left in `error`.
 */
export function useSubmit<V>(
  form: FormInstance<V>,
  act: (values: V) => Promise<unknown>,
  fieldOf: Partial<Record<string, string>> = {},
): Submitting<V> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const show = (problem: unknown): void => {
    const fields = form.getFieldsError().map(({ name }) => name as (string | number)[]);
    const own = problem instanceof ProblemError ? fieldOf[problem.code] : undefined;
    const faults = own ? [{ name: [own], errors: [problemText(problem)] }] : faultsOf(problem);
    const known = faults.flatMap((fault) => placed(fault, fields) ?? []);
    form.setFields(known as Parameters<typeof form.setFields>[0]);
    const [first] = known;
    if (first) form.scrollToField(first.name as never, { behavior: 'smooth', block: 'center' });
    setError(known.length > 0 && known.length === faults.length ? null : problem);
  };
  const submit = async (values: V): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await act(values);
    } catch (problem) {
      show(problem);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, submit };
}
