import type { Locale, OrderLine, OrderView, StepVisit, Wording } from '@yingda/contract';
import { box, localTime } from '../../reports/index.ts';
import type { Grid, GridRow } from '../../reports/index.ts';
import type { Say } from '../adapters/texts.ts';

/** What one order is drawn from, as the form 客户问题处理表. */
export type OrderSheet = {
  order: OrderView;
  category: string;
  department: string;
  /** Own fields of the form in their order. */
  fields: { label: Wording; value: string }[];
  locale: Locale;
  say: Say;
  organisation: string;
  currency: string;
  timeZone: string;
  now: Date;
};

const COLUMNS = [15, 20, 14, 17, 14, 17];
const WIDE = COLUMNS.length - 1;
/** A page holds more, but a text that is longer goes on in a box of its own. */
const MOST_LETTERS = 1_500;
const MOST_LINES = 300;

/** A text in pieces that fit on a page. */
export function pieces(text: string): string[] {
  if (text.length <= MOST_LETTERS) return [text];
  const end = text.lastIndexOf('\n', MOST_LETTERS);
  const cut = end > MOST_LETTERS / 2 ? end : MOST_LETTERS;
  return [text.slice(0, cut), ...pieces(text.slice(cut).trimStart())];
}

const time = ({ timeZone }: OrderSheet, at: string | null): string =>
  at === null ? '' : localTime(timeZone, Date.parse(at));

const pair = (label: string, value: string, span = 1) => [
  box('label', label),
  box('value', value, span),
];

const long = (label: string, text: string, lines = 1): GridRow[] =>
  pieces(text).map((piece, nth) => ({
    boxes: pair(nth === 0 ? label : '', piece, WIDE),
    lines: nth === 0 ? lines : 1,
  }));

/** Only where something was written. */
const given = (label: string, text: string): GridRow[] => (text === '' ? [] : long(label, text));

function head(sheet: OrderSheet): GridRow[] {
  const { order, say, category, department } = sheet;
  const { form } = order;
  return [
    { boxes: [box('title', say('titles.problems'), 6)] },
    { boxes: [{ ...box('subtitle', sheet.organisation, 6), align: 'center' }] },
    {
      boxes: [
        box('subtitle', say('form.number', { number: order.number }), 3),
        {
          ...box(
            'subtitle',
            say('form.printed', { time: localTime(sheet.timeZone, sheet.now.getTime()) }),
            3,
          ),
          align: 'right',
        },
      ],
    },
    {
      boxes: [
        ...pair(say('columns.category'), category),
        ...pair(say('form.priority'), say(`form.priorities.${order.priority}`)),
        ...pair(say('columns.status'), say(`words.status.${order.status}`)),
      ],
    },
    {
      boxes: [
        ...pair(say('columns.customer'), order.customerName),
        ...pair(say('columns.phones'), form.phones.join('\n')),
        ...pair(say('columns.region'), form.region),
      ],
    },
    {
      boxes: [
        ...pair(say('columns.address'), form.address, 3),
        ...pair(say('columns.product'), form.product),
      ],
    },
    {
      boxes: [
        ...pair(say('columns.recorder'), order.recorderName ?? ''),
        ...pair(say('columns.at.problems'), time(sheet, order.createdAt)),
        ...pair(say('columns.department'), department),
      ],
    },
  ];
}

function body({ order, say, fields, locale }: OrderSheet): GridRow[] {
  const { form } = order;
  const rating = order.rating;
  const said = rating
    ? [say('form.ratingOf', { score: rating.score }), rating.comment].filter(Boolean).join('\n')
    : '';
  return [
    { boxes: pair(say('columns.subject'), order.subject, WIDE) },
    ...long(say('columns.description'), form.description, 4),
    ...fields.flatMap(({ label, value }) => given(label[locale], value)),
    ...long(say('columns.receipt'), form.receipt, 2),
    ...long(say('columns.plan'), form.plan, 3),
    { boxes: pair(say('columns.planner'), order.plannerName ?? '', WIDE) },
    ...given(say('form.rootCause'), form.rootCause),
    ...given(say('form.solutionAgreed'), form.solutionAgreed),
    ...given(say('form.apology'), form.apology),
    ...given(say('form.compensation'), form.compensation),
    ...long(say('columns.result'), form.result, 3),
    { boxes: pair(say('columns.handler'), order.handlerName ?? '', WIDE) },
    ...long(say('columns.review'), form.review, 2),
    { boxes: pair(say('columns.reviewer'), order.reviewerName ?? '', WIDE) },
    ...given(say('form.rating'), said),
  ];
}

function visitRow(sheet: OrderSheet, visit: StepVisit): GridRow {
  const texts = [
    visit.stepName[sheet.locale],
    visit.ownerName,
    time(sheet, visit.enteredAt),
    time(sheet, visit.leftAt),
    time(sheet, visit.dueAt),
    sheet.say(`form.clocks.${visit.clock}`),
  ];
  return { boxes: texts.map((text) => box('value', text)) };
}

const isWording = (value: unknown): value is Wording =>
  typeof value === 'object' && value !== null && 'zh-CN' in value && 'en' in value;

/** What a line tells, in words. */
function deedOf({ say, locale }: OrderSheet, { kind, data }: OrderLine): string {
  const name = (value: unknown): string => (isWording(value) ? value[locale] : '');
  const params = {
    move: name(data['moveName']),
    from: name(data['fromName']),
    to: name(data['toName']),
  };
  return say(`form.lines.${kind}`, params);
}

function whoOf({ say }: OrderSheet, { by, byName }: OrderLine): string {
  if (byName) return byName;
  if (by === 'customer') return say('form.byCustomer');
  return say(by === 'automation' ? 'form.automation' : 'form.system');
}

function lineRows(sheet: OrderSheet, line: OrderLine): GridRow[] {
  const files = line.files.map(({ name }) => name).join('\n');
  const text = [line.text, files].filter(Boolean).join('\n');
  return pieces(text).map((piece, nth) => ({
    boxes: [
      box('value', nth === 0 ? time(sheet, line.at) : ''),
      box('value', nth === 0 ? whoOf(sheet, line) : ''),
      box('value', nth === 0 ? deedOf(sheet, line) : '', 2),
      box('value', piece, 2),
    ],
  }));
}

function history(sheet: OrderSheet): GridRow[] {
  const { order, say } = sheet;
  const titles = ['step', 'holder', 'entered', 'left', 'due', 'clock'];
  const records = order.lines.slice(-MOST_LINES);
  return [
    { boxes: [box('heading', say('form.steps'), 6)] },
    { boxes: titles.map((key) => box('header', say(`form.${key}`))) },
    ...order.visits.map((visit) => visitRow(sheet, visit)),
    { boxes: [box('heading', say('form.records'), 6)] },
    {
      boxes: [
        box('header', say('form.time')),
        box('header', say('form.who')),
        box('header', say('form.what'), 2),
        box('header', say('form.text'), 2),
      ],
    },
    ...records.flatMap((line) => lineRows(sheet, line)),
  ];
}

function signatures({ say }: OrderSheet): GridRow[] {
  const signed = ['form.signHandler', 'form.signLead', 'form.signCustomer'];
  // One row: a new page must not part the dates from the names.
  const text = (key: string): string => `${say(key)}\n\n${say('form.date')}`;
  return [{ boxes: signed.map((key) => box('free', text(key), 2)), lines: 4 }];
}

/** One order as the paper form, with every step, name and time. */
export function orderGrid(sheet: OrderSheet): Grid {
  return {
    locale: sheet.locale,
    title: sheet.say('titles.problems'),
    organisation: sheet.organisation,
    currency: sheet.currency,
    wide: false,
    widths: COLUMNS,
    header: null,
    mostLines: null,
    pageText: sheet.say('sheet.page'),
    noValue: '',
    rows: [...head(sheet), ...body(sheet), ...history(sheet), ...signatures(sheet)],
  };
}
