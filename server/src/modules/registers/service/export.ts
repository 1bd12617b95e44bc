import { registerColumns } from '@yingda/contract';
import type { exportRegister, InputOf, Locale, RegisterKey } from '@yingda/contract';
import { orProblem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { audit, organisation } from '../../identity/index.ts';
import { kpiSettings } from '../../kpi/index.ts';
import { orderSettings, viewOrder } from '../../orders/index.ts';
import { csvOf, fileMimes, fileNameOf, renderGrid } from '../../reports/index.ts';
import type { Cell, ReportFile } from '../../reports/index.ts';
import { textsIn } from '../adapters/texts.ts';
import { selectRow, selectRows } from '../store/rows.ts';
import { askedOf } from './list.ts';
import { orderGrid } from './order-sheet.ts';
import { cellOf, columnTitle, registerGrid } from './register-sheet.ts';
import type { Sheet } from './register-sheet.ts';
import { scopeOf } from './scope.ts';

type Asked = InputOf<typeof exportRegister, 'query'>;

/** More lines nobody reads on paper. */
const MOST_LINES = { xlsx: 20_000, csv: 20_000, pdf: 2_000 } as const;

async function sheetOf(ctx: Ctx, register: RegisterKey, query: Asked): Promise<Sheet> {
  const { format, locale = ctx.locale, ...filter } = query;
  const most = MOST_LINES[format];
  const asked = await askedOf(ctx, register, filter);
  const inLanguage = { ...asked, scope: { ...asked.scope, locale } };
  const rows = await selectRows(ctx.db, inLanguage, { after: null, limit: most + 1 });
  const { name, timeZone } = await organisation(ctx);
  const { currency } = await kpiSettings(ctx);
  return {
    register,
    rows: rows.slice(0, most),
    isCut: rows.length > most,
    locale,
    say: textsIn(locale),
    organisation: name,
    timeZone,
    currency,
    from: filter.from,
    to: filter.to,
    now: new Date(),
  };
}

function csv(sheet: Sheet): Uint8Array {
  const columns = registerColumns[sheet.register];
  const titles = columns.map(({ key, kind }) => ({
    title: columnTitle(sheet, key),
    unit: kind === 'money' ? sheet.currency : '',
    kind: 'text' as const,
    width: 0,
  }));
  const rows = sheet.rows.map((row): Cell[] => columns.map((column) => cellOf(sheet, column, row)));
  return Buffer.from(csvOf({ columns: titles, rows }));
}

/** A register as a file; that it was taken out stands in the audit log. Problems: `export.failed`, `export.busy`. */
export async function exportRegisterFile(
  ctx: Ctx,
  register: RegisterKey,
  query: Asked,
): Promise<ReportFile> {
  const { format, from, to } = query;
  const sheet = await sheetOf(ctx, register, query);
  const title = sheet.say(`titles.${register}`);
  const bytes = format === 'csv' ? csv(sheet) : await renderGrid(format, registerGrid(sheet));
  await transact(ctx, (tx) =>
    audit(tx, {
      action: 'register.exported',
      subjectKind: 'register',
      subjectName: title,
      details: { register, from, to, format, lines: sheet.rows.length },
    }),
  );
  const words = from === to ? `${title} ${from}` : `${title} ${from} ${to}`;
  return { name: `${fileNameOf(words)}.${format}`, mime: fileMimes[format], bytes };
}

const textOf = (value: string | number | boolean | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

/** One order as the form 客户问题处理表. Problems: `order.not_found`, `export.failed`, `export.busy`. */
export async function printOrder(
  ctx: Ctx,
  id: string,
  { format, locale = ctx.locale }: { format: 'pdf' | 'xlsx'; locale?: Locale | undefined },
): Promise<ReportFile> {
  const order = await viewOrder(ctx, id);
  const scope = { ...(await scopeOf(ctx, 'problems')), locale };
  // Who has a part in an order without seeing its team's others still prints it: the view has said so.
  const everything = { ...scope, sight: { ...scope.sight, teams: null } };
  const row = orProblem(await selectRow(ctx.db, everything, id), 'order.not_found');
  const { name, timeZone } = await organisation(ctx);
  const settings = await orderSettings(ctx);
  const say = textsIn(locale);
  const grid = orderGrid({
    order,
    category: textOf(row.values['category']),
    department: textOf(row.values['department']),
    fields: settings.fields.map(({ key, label }) => ({
      label,
      value: textOf(order.form.fields[key]),
    })),
    locale,
    say,
    organisation: name,
    currency: (await kpiSettings(ctx)).currency,
    timeZone,
    now: new Date(),
  });
  return {
    name: `${fileNameOf(`${say('titles.problems')} ${order.number}`)}.${format}`,
    mime: fileMimes[format],
    bytes: await renderGrid(format, grid),
  };
}
