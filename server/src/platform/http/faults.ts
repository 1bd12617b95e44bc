import type { Fault } from '@yingda/contract';
import type { z } from 'zod';
import { Problem } from '../../kernel/problem.ts';

const MAX_FAULTS = 20;

function numbersOf(issue: z.core.$ZodIssue): Record<string, string | number> | undefined {
  if (issue.code === 'too_big') return { max: Number(issue.maximum) };
  if (issue.code === 'too_small') return { min: Number(issue.minimum) };
  if (issue.code === 'invalid_value') return { allowed: issue.values.map(String).join(', ') };
  return undefined;
}

function kindOf(issue: z.core.$ZodIssue): string {
  // Own refinements name their kind as the message.
  if (issue.code === 'custom') return issue.message || 'custom';
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'required';
  return issue.code;
}

/** Input checked by its schema, or `request.invalid` that names every faulty field. */
export function checked<T>(schema: z.ZodType<T>, input: unknown, prefix = ''): T {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  const faults: Fault[] = result.error.issues.slice(0, MAX_FAULTS).map((issue) => ({
    path: [...(prefix ? [prefix] : []), ...issue.path.map(String)].join('.'),
    kind: kindOf(issue),
    params: numbersOf(issue),
  }));
  throw new Problem('request.invalid', { faults });
}
