import type { Fault } from '@yingda/contract';
import { ProblemError } from './api.ts';
import { hasText, text } from './i18n.ts';

/** What happened and what to do, in the reader's language. */
export function problemText(error: unknown): string {
  if (!(error instanceof ProblemError)) return text('problems:network.unexpected_answer');
  const key = `problems:${error.code}`;
  return hasText(key) ? text(key, error.params) : text('problems:server.unexpected', error.params);
}

/** What is wrong with one field, in the reader's language. */
export function faultText(fault: Fault): string {
  const key = `problems:faults.${fault.kind}`;
  return hasText(key) ? text(key, fault.params) : text('problems:faults.custom');
}

/** The path of a fault as names of a form: `body.week.0.from` → `['week', 0, 'from']`. */
export function fieldPath(path: string): (string | number)[] {
  return path
    .replace(/^(body|query|params)(\.|$)/, '')
    .split('.')
    .filter((name) => name !== '')
    .map((name) => (/^\d+$/.test(name) ? Number(name) : name));
}

export interface FieldErrors {
  name: (string | number)[];
  errors: string[];
}

/** The faults of a problem in the form that `form.setFields` of Ant Design takes. */
export function faultsOf(error: unknown): FieldErrors[] {
  if (!(error instanceof ProblemError)) return [];
  return error.faults.map((fault) => ({
    name: fieldPath(fault.path),
    errors: [faultText(fault)],
  }));
}
