import type {
  ReportFilter,
  ReportPeriod,
  ReportQuery,
  ReportView,
  StandardsView,
} from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { report } from './report.ts';
import { standardsOf } from './standards.ts';

/** A page of the reports that is asked for. */
export type Question =
  | { what: 'report'; query: ReportQuery }
  | { what: 'standards'; query: ReportPeriod & ReportFilter };

export const answerTo = (ctx: Ctx, question: Question): Promise<ReportView | StandardsView> =>
  question.what === 'report' ? report(ctx, question.query) : standardsOf(ctx, question.query);
