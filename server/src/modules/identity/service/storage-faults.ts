import type { ProblemCode } from '@yingda/contract';
import { Problem } from '../../../kernel/problem.ts';
import { errorCode } from '../../../platform/error-code.ts';

const UNIQUE = '23505';
const FOREIGN_KEY = '23503';

/** Runs a write and tells a violated constraint as the problem it is; the database decides, so no race is left. */
export async function withConstraint<T>(
  problems: { duplicate?: ProblemCode; reference?: ProblemCode },
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const code = errorCode(error);
    if (code === UNIQUE && problems.duplicate) {
      throw new Problem(problems.duplicate, { cause: error });
    }
    if (code === FOREIGN_KEY && problems.reference) {
      throw new Problem(problems.reference, { cause: error });
    }
    throw error;
  }
}
