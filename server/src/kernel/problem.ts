import { problems } from '@yingda/contract';
import type { Fault, ProblemCode } from '@yingda/contract';

type ProblemOptions = {
  params?: Record<string, string | number>;
  faults?: Fault[];
  cause?: unknown;
};

/** A refusal that the caller is told about: a code of the catalogue, its HTTP status, and what filled the text. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly params: Record<string, string | number> | undefined;
  readonly faults: Fault[] | undefined;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(code, { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.status = problems[code].status;
    this.params = options.params;
    this.faults = options.faults;
  }
}

/** The value, or the problem when it is missing. */
export function orProblem<T>(value: T | null | undefined, code: ProblemCode): T {
  if (value === null || value === undefined) throw new Problem(code);
  return value;
}
