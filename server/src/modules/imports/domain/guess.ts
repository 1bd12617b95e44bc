import type {
  ColumnRole,
  DurationUnit,
  ImportSentence,
  InspectedColumn,
  MappedOutcome,
  TimeFormat,
} from '@yingda/contract';
import { timeFormats } from '@yingda/contract';
import { durationRoles, readFlag, timeRoles } from './columns.ts';
import { areMost, formatsOf, isNothing, readDuration, readTime } from './times.ts';

/** What header names mean, in English and Chinese; the first that fits holds. */
const names: readonly [ColumnRole, RegExp][] = [
  ['wrap_up', /wrap|after.?call|acw|事后|话后|整理/i],
  ['hold', /^hold|on.?hold|hold.?(time|sec|dur)|保持|持线/i],
  ['rings', /^rings$|ring.?count|振铃次数|响铃次数/i],
  ['ring', /ring|振铃|响铃/i],
  ['menu_time', /(ivr|vru|menu).*(time|sec|dur)|(自助|菜单|IVR).*时长/i],
  ['menu_start', /(ivr|vru|menu).*(start|entry|begin|in)|进入(自助|菜单|IVR)/i],
  ['menu_end', /(ivr|vru|menu).*(exit|end|out)|离开(自助|菜单|IVR)/i],
  [
    'wait',
    /wait|queue.?(time|sec|dur|length)|^q_time|time.?in.?queue|排队时长|等待(时长|时间|秒)|排队(时间|秒)/i,
  ],
  ['left_queue_at', /(queue|q)[_ ]?(exit|end|left|leave)|dequeue|离开队列|出队/i],
  ['queued_at', /(queue|q)[_ ]?(start|enter|entry|at)|enqueue|queued|进入队列|入队|排队开始/i],
  [
    'talk',
    /talk|conversation.?(time|dur)|service.?(time|dur|sec)|ser_time|通话(时长|时间|秒)|服务时长|交谈/i,
  ],
  ['answered_at', /answer|pick.?up|connect(ed)?|accept|ser(vice)?_start|应答|接通|接起|接听/i],
  [
    'ended_at',
    /^end|ended|hang.?up.?(time|at)|ser(vice)?_exit|finish|closed|结束|挂断时间|完成时间/i,
  ],
  [
    'arrived_at',
    /arriv|call.?(start|date|time)|^start|created|offered|received|^time|timestamp|date.?time|呼入时间|到达|来电时间|开始时间|创建时间|呼叫时间|进线/i,
  ],
  ['date', /^date|^day$|日期/i],
  ['outcome', /outcome|disposition|result|^status$|结果|状态/i],
  ['transferred', /transfer|转接/i],
  ['solved', /solved|resolved|fcr|解决/i],
  ['queue', /queue|skill|队列|技能组/i],
  ['agent', /agent|server|operator|rep(resentative)?$|user.?name|坐席|客服|接待|工号/i],
  ['customer', /customer|caller|phone|ani$|mobile|from|member|客户|主叫|手机|电话|来电号码/i],
  ['tier', /tier|priority|level|vip|等级|优先/i],
  ['topic', /topic|subject|reason|category|intent|主题|原因|分类/i],
  ['type', /type|kind|类型|业务/i],
  ['channel', /channel|media|渠道|来源/i],
  ['key', /(^|_|\b)id$|call.?id|contact.?id|session|ticket|uuid|流水号|编号|通话标识/i],
];

const outcomeWords: readonly [MappedOutcome, RegExp][] = [
  ['leave_out', /phantom|test|internal|outbound|测试|呼出|内部/i],
  ['blocked', /busy|block|reject|congest|refus|full|忙|拒|占线/i],
  [
    'abandoned',
    /abandon|hang|lost|miss|no.?answer|unanswered|timeout|drop|cancel|未接|放弃|挂断|超时|漏/i,
  ],
  ['self_served', /self|ivr|bot|自助|机器人/i],
  [
    'answered',
    /answer|agent|complete|connect|handled|served|success|接通|已接|接听|应答|完成|成功/i,
  ],
];

/** What a value of an outcome column probably means; undefined: nobody can tell. */
export const outcomeGuess = (value: string): MappedOutcome | undefined =>
  outcomeWords.find(([, words]) => words.test(value))?.[0];

const sentence = (code: string, params: ImportSentence['params'] = {}): ImportSentence => ({
  code,
  params,
});

/** Formats to try for a column, by role: a time of the day alone never stands for a whole instant. */
function formatsFor(role: ColumnRole): readonly TimeFormat[] {
  return role === 'date' ? timeFormats.filter((format) => format !== 'time') : timeFormats;
}

const inYears = (values: string[], format: TimeFormat): boolean =>
  values.every((value) => {
    const read = readTime(format, value);
    return !read || read.kind === 'time' || read.ms < Date.UTC(2040, 0, 1);
  });

/** Of formats that all read every value, those nobody would choose are left out. */
function plausible(values: string[], formats: TimeFormat[]): TimeFormat[] {
  const fit = formats.filter((format) => inYears(values, format));
  return fit.length > 0 ? fit : formats;
}

const told = (values: string[]): string[] => values.filter((value) => !isNothing(value));

type Guess = {
  format: TimeFormat | null;
  possibleFormats: TimeFormat[];
  formatReason: ImportSentence | null;
};

export function guessFormat(role: ColumnRole, given: string[]): Guess {
  const values = told(given);
  const possible = plausible(values, formatsOf(values, formatsFor(role)));
  const [first] = possible;
  if (!first) {
    const code = values.length === 0 ? 'format_no_values' : 'format_none';
    return { format: null, possibleFormats: [], formatReason: sentence(code) };
  }
  if (possible.length > 1) {
    const params = { formats: possible.join(', '), count: values.length };
    return {
      format: null,
      possibleFormats: possible,
      formatReason: sentence('format_ambiguous', params),
    };
  }
  return { format: first, possibleFormats: possible, formatReason: reasonFor(first, values) };
}

const rivals: Partial<Record<TimeFormat, TimeFormat>> = {
  dmy: 'mdy',
  mdy: 'dmy',
  yymmdd: 'ddmmyy',
  ddmmyy: 'yymmdd',
};

/** Why a column is of the only format that fits. */
function reasonFor(format: TimeFormat, values: string[]): ImportSentence {
  const spoilt = values.filter((value) => !readTime(format, value));
  const [value] = spoilt;
  if (value !== undefined) {
    const count = values.length - spoilt.length;
    return sentence('format_mostly', { format, count, of: values.length, value });
  }
  const other = rivals[format];
  const proof = other && values.find((one) => !readTime(other, one));
  return proof
    ? sentence('format_proved', { format, value: proof, other })
    : sentence('format_fits', { format, count: values.length });
}

const mostly = (values: string[], isFit: (value: string) => boolean): boolean =>
  areMost(values.filter(isFit).length, values.length);

export function guessUnit(
  header: string,
  given: string[],
): { unit: DurationUnit | null; unitReason: ImportSentence } {
  const values = told(given);
  const fits = (unit: DurationUnit) =>
    mostly(values, (value) => readDuration(unit, value) !== undefined);
  if (fits('clock')) return { unit: 'clock', unitReason: sentence('unit_clock') };
  if (!fits('s')) {
    return {
      unit: null,
      unitReason: sentence(values.length === 0 ? 'unit_no_values' : 'unit_none'),
    };
  }
  const named: [DurationUnit, RegExp][] = [
    ['ms', /(^|[^a-z])ms([^a-z]|$)|milli|毫秒/i],
    ['min', /(^|[^a-z])min(ute)?s?([^a-z]|$)|分钟/i],
    ['s', /(^|[^a-z])s(ec(ond)?s?)?([^a-z]|$)|秒/i],
  ];
  const said = named.find(([, words]) => words.test(header));
  if (said) return { unit: said[0], unitReason: sentence('unit_named', { unit: said[0] }) };
  const sizes = values
    .map((value) => Math.abs(Number(value.replace(',', '.'))))
    .filter((n) => n > 0);
  const middle = sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0;
  if (sizes.length > 0 && sizes.every((n) => n < 1)) {
    return { unit: 'excel', unitReason: sentence('unit_parts_of_day') };
  }
  const unit = middle >= 5000 ? 'ms' : 's';
  return { unit, unitReason: sentence('unit_by_size', { unit, middle: Math.round(middle) }) };
}

const MAX_DISTINCT = 50;
const EXAMPLES = 5;

export type ColumnSample = { header: string; values: string[] };

function understood(
  column: Pick<InspectedColumn, 'role' | 'format' | 'unit'>,
  value: string,
): string | null {
  if ((column.format ?? column.unit) !== null && isNothing(value)) return '–';
  if (column.format) {
    const read = readTime(column.format, value);
    if (!read) return null;
    const iso = new Date(read.ms).toISOString();
    if (read.kind === 'time') return iso.slice(11, 19);
    return read.kind === 'utc' ? iso : iso.slice(0, 19).replace('T', ' ');
  }
  if (column.unit) {
    const ms = readDuration(column.unit, value);
    return ms === undefined ? null : `${ms / 1000} s`;
  }
  return column.role === 'ignore' ? null : value.trim();
}

function roleOf(
  header: string,
  values: string[],
  taken: Set<ColumnRole>,
): { role: ColumnRole; reason: ImportSentence } {
  const fits = (role: ColumnRole): boolean => {
    if (taken.has(role) && role !== 'key') return false;
    if (values.length === 0) return !timeRoles.includes(role) && !durationRoles.includes(role);
    if (timeRoles.includes(role)) return formatsOf(told(values), formatsFor(role)).length > 0;
    if (durationRoles.includes(role)) return guessUnit(header, values).unit !== null;
    if (role === 'rings') return mostly(told(values), (value) => /^\d{1,3}$/.test(value.trim()));
    if (role === 'solved' || role === 'transferred') {
      return mostly(values, (value) => readFlag(value) !== undefined);
    }
    return true;
  };
  const found = names.find(([role, words]) => words.test(header.trim()) && fits(role));
  if (found) return { role: found[0], reason: sentence('role_by_name', { header }) };
  return { role: 'ignore', reason: sentence('role_unknown', { header }) };
}

/** What each column probably tells, with the reasons. */
export function guessColumns(samples: ColumnSample[]): InspectedColumn[] {
  const taken = new Set<ColumnRole>();
  const columns = samples.map((sample, column): InspectedColumn => {
    const { header } = sample;
    const values = filled(sample);
    const { role, reason } = roleOf(header, values, taken);
    taken.add(role);
    return inspected({ column, header, values, role, reason });
  });
  if (!taken.has('arrived_at')) {
    const free = columns.findIndex(
      ({ role }, index) => role === 'ignore' && isInstant(filled(samples[index])),
    );
    const sample = samples[free];
    if (sample) {
      const { header } = sample;
      const reason = sentence('role_first_time', { header });
      const values = filled(sample);
      columns[free] = inspected({ column: free, header, values, role: 'arrived_at', reason });
    }
  }
  return columns;
}

const filled = (sample: ColumnSample | undefined): string[] =>
  (sample?.values ?? []).filter((value) => value.trim() !== '');

const isInstant = (values: string[]): boolean =>
  formatsOf(
    told(values),
    timeFormats.filter((format) => !['time', 'excel', 'yymmdd', 'ddmmyy'].includes(format)),
  ).length > 0;

type Inspected = {
  column: number;
  header: string;
  values: string[];
  role: ColumnRole;
  reason: ImportSentence;
};

/** The column as seen with a role that is settled: its format or unit guessed from its values. */
export function inspected({ column, header, values, role, reason }: Inspected): InspectedColumn {
  const counts = new Map<string, number>();
  for (const value of values) {
    const known = counts.get(value);
    if (known !== undefined || counts.size < MAX_DISTINCT) counts.set(value, (known ?? 0) + 1);
  }
  const noFormat: Guess = { format: null, possibleFormats: [], formatReason: null };
  const time = timeRoles.includes(role) ? guessFormat(role, values) : noFormat;
  const length = durationRoles.includes(role)
    ? guessUnit(header, values)
    : { unit: null, unitReason: null };
  const guessed = { role, ...time, ...length };
  const listed = ['outcome', 'tier', 'channel'].includes(role);
  return {
    column,
    header,
    reason,
    ...guessed,
    examples: [...counts.keys()]
      .slice(0, EXAMPLES)
      .map((value) => ({ value, understood: understood(guessed, value) })),
    distinct: counts.size,
    values: listed ? [...counts].map(([value, count]) => ({ value, count })) : [],
  };
}
