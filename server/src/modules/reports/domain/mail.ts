import { standardUnits } from '@yingda/contract';
import type { Counts, ReportView, StandardState, StandardsView } from '@yingda/contract';
import type { ReportDocument } from './document.ts';
import { rangeText, shown, valueText } from './format.ts';
import { bandOn } from './report-document.ts';
import type { Frame } from './report-document.ts';
import { fill, wordsIn } from './words.ts';

/** One standard as a mail tells it, every text in the reader's language. */
export type Figure = {
  name: string;
  value: string;
  range: string;
  previous: string;
  state: StandardState;
  stateText: string;
  says: string;
  cause: string;
  action: string;
};
export type Letter = { figures: Figure[]; counts: Counts };

type Reader = Pick<ReportDocument, 'locale' | 'currency' | 'words'>;
const readerOf = ({ locale }: Frame, currency: string): Reader => ({
  locale,
  currency,
  words: wordsIn(locale).drawn,
});

function levels(
  values: { low: number | null; high: number | null },
  unit: Parameters<typeof shown>[1],
  currency: string,
) {
  return {
    norm: null,
    low: shown(values.low, unit, currency),
    high: shown(values.high, unit, currency),
  };
}

/** The cards as a mail tells them, with what is wrong and what to do first. */
export function letterOfStandards(
  { cards, counts, settings }: StandardsView,
  frame: Frame,
): Letter {
  const { currency } = settings;
  const reader = readerOf(frame, currency);
  const figures = cards.map((card): Figure => {
    const { key, unit, band, state, causes, actions, missing, diagnosis } = card;
    const [cause] = causes;
    const [action] = actions;
    const text = (value: number | null) => valueText(shown(value, unit, currency), unit, reader);
    return {
      name: frame.say(`standards.${key}.name`),
      value: text(card.value),
      range: rangeText(levels(band, unit, currency), unit, reader),
      previous: text(card.previous),
      state,
      stateText: frame.say(`states.${state}`),
      says: missing === null ? frame.sentence('says', diagnosis) : frame.say(`missing.${missing}`),
      cause: cause ? frame.sentence('causes', cause) : '',
      action: action ? frame.say(`advice.${action}`) : '',
    };
  });
  return { figures, counts };
}

/** The totals of a report as a mail tells them. */
export function letterOfReport(view: ReportView, frame: Frame): Letter {
  const { currency } = view.settings;
  const reader = readerOf(frame, currency);
  const before = view.comparisons.find(({ kind }) => kind === 'previous')?.total;
  const figures = view.standards.map((key): Figure => {
    const unit = standardUnits[key];
    const band = bandOn(view.bands[key], view.to);
    const value = view.whole.total.values[key] ?? null;
    const missing = view.missing[key];
    const state = frame.judge(key, value, band);
    const text = (one: number | null) => valueText(shown(one, unit, currency), unit, reader);
    return {
      name: frame.say(`standards.${key}.name`),
      value: text(value),
      range: rangeText(levels(band, unit, currency), unit, reader),
      previous: text(before?.values[key] ?? null),
      state,
      stateText: frame.say(`states.${state}`),
      says: value === null && missing ? frame.say(`missing.${missing}`) : '',
      cause: '',
      action: '',
    };
  });
  return { figures, counts: view.whole.total.counts };
}

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** What stands around the figures of a mail. */
export type Envelope = {
  document: ReportDocument;
  /** Where the view opens. */
  url: string;
  footer: string;
  files: string[];
};

const tones: Record<StandardState, string> = {
  good: '#15803d',
  near: '#92400e',
  out: '#b91c1c',
  watch: '#475569',
  none: '#64748b',
};
const countNames = ['contacts', 'answered', 'abandoned', 'blocked'] as const;

function countTexts(
  { counts }: Letter,
  { locale }: ReportDocument,
): { label: string; value: string }[] {
  const words = wordsIn(locale);
  return countNames.map((name) => ({
    label: words.counts[name],
    value: counts[name].toLocaleString(locale),
  }));
}

const cellStyle =
  'padding:6px 8px;border-bottom:1px solid #e2e8f0;font-size:13px;vertical-align:top';

function figureRow({ name, value, range, previous, state, stateText }: Figure): string {
  const weight = state === 'out' ? 'font-weight:600;' : '';
  const right = `${cellStyle};text-align:right;white-space:nowrap`;
  return (
    `<tr><td style="${cellStyle}">${escaped(name)}</td>` +
    `<td style="${right};${weight}color:${tones[state]}">${escaped(value)}</td>` +
    `<td style="${right};color:#64748b">${escaped(range)}</td><td style="${right};color:#64748b">${escaped(previous)}</td>` +
    `<td style="${cellStyle};color:${tones[state]};white-space:nowrap">${escaped(stateText)}</td></tr>`
  );
}

function outItem(
  { name, value, says, cause, action }: Figure,
  locale: ReportDocument['locale'],
): string {
  const { mail, colon } = wordsIn(locale);
  const line = (label: string, text: string) =>
    text === ''
      ? ''
      : `<div style="font-size:13px;color:#475569;margin-top:3px">${escaped(`${label}${colon}`)}${escaped(text)}</div>`;
  return (
    `<li style="margin:0 0 12px"><strong style="font-size:14px">${escaped(name)}</strong> <span style="color:#b91c1c;font-weight:600">${escaped(value)}</span>` +
    `${says === '' ? '' : `<div style="font-size:13px;margin-top:3px">${escaped(says)}</div>`}${line(mail.cause, cause)}${line(mail.firstAction, action)}</li>`
  );
}

/** The mail as HTML: what needs attention, then all key figures. Styles are inline, as mail programs drop all others. */
export function letterHtml(letter: Letter, { document, url, footer, files }: Envelope): string {
  const { locale, title, subtitle, organisation } = document;
  const { mail, columns } = wordsIn(locale);
  const out = letter.figures.filter(({ state }) => state === 'out');
  const head = (text: string, side = 'right') =>
    `<th style="padding:6px 8px;border-bottom:2px solid #0f766e;font-size:12px;color:#475569;text-align:${side};font-weight:600">${escaped(text)}</th>`;
  const section = (text: string) =>
    `<h2 style="font-size:15px;margin:24px 0 8px;color:#0f766e">${escaped(text)}</h2>`;
  const counts = countTexts(letter, document).map(
    ({ label, value }) =>
      `<div style="display:inline-block;min-width:96px;margin:0 6px 6px 0;padding:10px 12px;background:#f1f5f9;font-size:12px;color:#475569">${escaped(label)}<br><strong style="font-size:18px;color:#0f172a">${escaped(value)}</strong></div>`,
  );
  const nothing = letter.counts.contacts === 0 ? mail.nothing : mail.allGood;
  return (
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title></head>` +
    `<body style="margin:0;background:#ffffff;color:#0f172a;font-family:-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;line-height:1.5">` +
    `<div style="max-width:680px;margin:0 auto;padding:24px 16px">` +
    `<h1 style="font-size:20px;margin:0;color:#0f766e">${escaped(title)}</h1><div style="font-size:13px;color:#64748b;margin:2px 0 16px">${escaped([organisation, subtitle].join(' · '))}</div>` +
    `<p style="font-size:14px;margin:0 0 16px">${escaped(mail.greeting)}</p>` +
    `<div>${counts.join('')}</div>` +
    section(mail.out) +
    (out.length > 0
      ? `<ul style="margin:0;padding:0 0 0 18px">${out.map((one) => outItem(one, locale)).join('')}</ul>`
      : `<p style="font-size:14px;margin:0">${escaped(nothing)}</p>`) +
    section(mail.figures) +
    `<div style="overflow-x:auto"><table cellspacing="0" cellpadding="0" style="border-collapse:collapse;width:100%"><thead><tr>${head(columns.standard, 'left')}${head(columns.value)}${head(columns.range)}${head(columns.previous)}${head(columns.state, 'left')}</tr></thead>` +
    `<tbody>${letter.figures.map((one) => figureRow(one)).join('')}</tbody></table></div>` +
    `<p style="margin:20px 0"><a href="${escaped(url)}" style="color:#0f766e;font-size:14px">${escaped(mail.open)}</a></p>` +
    (files.length > 0
      ? `<p style="font-size:12px;color:#64748b;margin:0 0 4px">${escaped(mail.attached + files.join(wordsIn(locale).listMark))}</p>`
      : '') +
    `<p style="font-size:12px;color:#64748b;margin:0">${escaped(footer)}</p></div></body></html>`
  );
}

/** The same as plain text, for those who read no HTML. */
export function letterText(letter: Letter, { document, url, footer, files }: Envelope): string {
  const { locale, title, subtitle, organisation } = document;
  const { mail, colon, listMark, brackets } = wordsIn(locale);
  const out = letter.figures.filter(({ state }) => state === 'out');
  const outLines = out.flatMap(({ name, value, says, cause, action }) => [
    `* ${name} ${value}`,
    ...(says ? [`  ${says}`] : []),
    ...(cause ? [`  ${mail.cause}${colon}${cause}`] : []),
    ...(action ? [`  ${mail.firstAction}${colon}${action}`] : []),
  ]);
  const nothing = letter.counts.contacts === 0 ? mail.nothing : mail.allGood;
  const lines = [
    title,
    `${organisation} · ${subtitle}`,
    '',
    mail.greeting,
    '',
    countTexts(letter, document)
      .map(({ label, value }) => `${label} ${value}`)
      .join(listMark),
    '',
    mail.out,
    ...(out.length > 0 ? outLines : [nothing]),
    '',
    mail.figures,
    ...letter.figures.map(
      ({ name, value, range, stateText }) =>
        `* ${name}${colon}${value}${range ? `${brackets[0]}${range}${brackets[1]}` : ''} ${stateText}`,
    ),
    '',
    `${mail.open}${colon}${url}`,
    ...(files.length > 0 ? [mail.attached + files.join(listMark)] : []),
    footer,
    '',
  ];
  return lines.join('\n');
}

/** The subject as the person wrote it, with the dates for `{{period}}`; else the name and the dates. */
export function subjectOf(
  { subject, name }: { subject: string; name: string },
  period: string,
): string {
  const text = subject.trim() === '' ? `${name} · ${period}` : fill(subject, { period });
  return text.replaceAll(/\s+/g, ' ').trim();
}
