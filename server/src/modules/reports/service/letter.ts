import { exportReport, periodOf } from '@yingda/contract';
import type { ExportFormat, Locale, MailAttachment } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { organisation } from '../../identity/index.ts';
import { localDate } from '../domain/due.ts';
import {
  letterHtml,
  letterOfReport,
  letterOfStandards,
  letterText,
  subjectOf,
} from '../domain/mail.ts';
import { fill, wordsIn } from '../domain/words.ts';
import { drawnOf, periodText } from './document.ts';
import type { Asked } from './document.ts';
import { fileOf } from './export.ts';
import type { ReportFile } from './export.ts';
import { getView } from './views.ts';
import type { View } from './views.ts';

/** What of a schedule makes its mail. */
export type Ordered = {
  name: string;
  viewId: string;
  locale: Locale;
  subject: string;
  attachments: MailAttachment[];
  ownerName: string;
  /** Whose local date says which dates a moving period means. */
  at: Date;
};

export type FinishedLetter = {
  subject: string;
  html: string;
  text: string;
  files: (ReportFile & { format: MailAttachment })[];
  /** For fetching the same files by themselves. */
  asked: Asked;
};

/** Empty values left out, lists with commas: as the routes of the reports read their query. */
function queryText(values: Record<string, string | number | number[] | null | undefined>): string {
  const pairs = Object.entries(values).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === null || (Array.isArray(value) && value.length === 0)
      ? []
      : [[name, String(value)]],
  );
  return new URLSearchParams(pairs).toString();
}

/** Where the export of the same view is fetched. */
export function exportAddress(asked: Asked, format: ExportFormat): string {
  return `${exportReport.path}?${queryText({ format, ...asked })}`;
}

function pageUrl({ services }: Ctx, { page, locale: _, title: __, ...query }: Asked): string {
  return `${services.config.baseUrl}${page === 'standards' ? '/standards' : '/standards/report'}?${queryText(query)}`;
}

function askedOf(view: View, { locale, at }: Ordered, zone: string): Asked {
  const { period, ...query } = view.query;
  return {
    ...query,
    ...periodOf(period, localDate(zone, at.getTime())),
    page: view.page,
    locale,
    title: view.name,
  };
}

/** The mail of a schedule with its files, read with the rights of the actor. Problems: `view.not_found`, those of reports and exports. */
export async function letterOf(ctx: Ctx, ordered: Ordered): Promise<FinishedLetter> {
  const view = await getView(ctx, ordered.viewId);
  const { timeZone } = await organisation(ctx);
  const asked = askedOf(view, ordered, timeZone);
  const drawn = await drawnOf(ctx, asked);
  const files = [];
  for (const format of ordered.attachments)
    files.push({ ...(await fileOf(drawn, format)), format });
  const letter =
    drawn.page === 'standards'
      ? letterOfStandards(drawn.view, drawn.frame)
      : letterOfReport(drawn.view, drawn.frame);
  const envelope = {
    document: drawn.document,
    url: pageUrl(ctx, asked),
    footer: fill(wordsIn(ordered.locale).mail.footer, {
      name: ordered.name,
      owner: ordered.ownerName,
    }),
    files: files.map(({ name }) => name),
  };
  return {
    subject: subjectOf(ordered, periodText(drawn.view)),
    html: letterHtml(letter, envelope),
    text: letterText(letter, envelope),
    files,
    asked,
  };
}
