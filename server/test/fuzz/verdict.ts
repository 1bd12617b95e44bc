import { problems } from '@yingda/contract';
import type { Locale, ProblemBody, RouteSpec } from '@yingda/contract';
import { problemTitle } from '../../src/platform/http/answer.ts';

export type RawAnswer = { status: number; type: string; body: string };

/** What must not be read in any answer: places in our code, SQL, words of the database's own. */
const inside =
  /node_modules|\bat [\w.<>]+ \(|\.ts:\d+|\/server\/src\/|\bselect\b[^"]{0,80}\bfrom\b|\binsert into\b|syntax error at|violates [a-z-]+ constraint|invalid input syntax|ECONNREFUSED|postgres/i;

const isCode = (code: string): boolean => Object.hasOwn(problems, code);

function faultsOfProblem({ status, type, body }: RawAnswer, locale: Locale): string[] {
  if (!type.startsWith('application/problem+json'))
    return [`${status} is not a problem but ${type}`];
  const problem = JSON.parse(body) as ProblemBody;
  if (!isCode(problem.code)) return [`the code ${problem.code} is not known`];
  const faults: string[] = [];
  if (problems[problem.code].status !== status) faults.push(`${problem.code} came with ${status}`);
  const title = problemTitle(problem.code, locale, problem.params);
  if (problem.title !== title || title === problem.code) faults.push(`title: ${problem.title}`);
  if (!problem.requestId) faults.push('no request id');
  return faults;
}

/** What is wrong with an answer to hostile input; empty when it is as promised. */
export function verdictOn(
  answer: RawAnswer,
  { locale, route }: { locale: Locale; route?: RouteSpec | undefined },
): string[] {
  const { status, body } = answer;
  const leaked = status >= 400 ? inside.exec(body)?.[0] : undefined;
  const faults = leaked === undefined ? [] : [`the answer shows ${leaked}`];
  if (status >= 500) faults.push(`status ${status}`);
  if (status >= 400) return [...faults, ...faultsOfProblem(answer, locale)];
  if (!route?.response) return faults;
  const read = route.response.safeParse(JSON.parse(body));
  return read.success ? faults : [...faults, `not what the contract says: ${read.error.message}`];
}
