import type {
  ExportFormat,
  Locale,
  RelativePeriod,
  ReportGroup,
  StandardState,
} from '@yingda/contract';
import type { DrawnWords } from './document.ts';

type Counted =
  | 'contacts'
  | 'answered'
  | 'abandoned'
  | 'blocked'
  | 'selfServed'
  | 'handled'
  | 'withinServiceLevel';

/** Texts of files and mails that no screen shows; those of the standards are shared with it. */
export type Words = {
  pages: { standards: string; report: string };
  counts: Record<Counted, string>;
  states: Record<StandardState, string>;
  groups: Record<ReportGroup, string>;
  relative: Record<RelativePeriod, string>;
  drawn: DrawnWords;
  facts: Record<
    | 'period'
    | 'zone'
    | 'step'
    | 'by'
    | 'filters'
    | 'noFilter'
    | 'made'
    | 'serviceLevel'
    | 'shortAbandons'
    | 'shortIn'
    | 'shortOut'
    | 'none'
    | 'repeatWindow'
    | 'occupancy'
    | 'occupancySource'
    | 'occupancyWrap'
    | 'ring'
    | 'currency'
    | 'unique'
    | 'queues'
    | 'agents'
    | 'topics'
    | 'types'
    | 'sources'
    | 'channel'
    | 'tier'
    | 'team',
    string
  >;
  columns: Record<
    | 'number'
    | 'standard'
    | 'value'
    | 'state'
    | 'norm'
    | 'range'
    | 'previous'
    | 'lastYear'
    | 'diagnosis'
    | 'causes'
    | 'actions'
    | 'from'
    | 'until'
    | 'row'
    | 'total'
    | 'step'
    | 'whole'
    | 'validFrom'
    | 'unit',
    string
  >;
  tables: Record<'standards' | 'totals' | 'steps' | 'groups' | 'targets' | 'outOfRange', string>;
  notes: Record<'missing' | 'marks' | 'counted', string>;
  mail: Record<
    | 'greeting'
    | 'figures'
    | 'out'
    | 'allGood'
    | 'nothing'
    | 'why'
    | 'firstAction'
    | 'open'
    | 'footer'
    | 'attached'
    | 'cause'
    | 'counts',
    string
  >;
  units: Record<'seconds' | 'hours' | 'minute' | 'perHour' | 'rings' | 'days', string>;
  formats: Record<ExportFormat, string>;
  listMark: string;
  colon: string;
  brackets: [string, string];
};

const zh: Words = {
  pages: { standards: '23 项指标', report: '指标报表' },
  counts: {
    contacts: '总联络数',
    answered: '已应答',
    abandoned: '已放弃',
    blocked: '被阻塞',
    selfServed: '自助完成',
    handled: '人工处理',
    withinServiceLevel: '达标应答',
  },
  states: { good: '达标', near: '略超范围', out: '超出范围', watch: '仅观察', none: '无数据' },
  groups: {
    none: '整个中心',
    team: '团队',
    queue: '队列',
    agent: '坐席',
    channel: '渠道',
    topic: '主题',
    type: '联络类型',
    tier: '客户等级',
    source: '数据来源',
  },
  relative: {
    today: '今天',
    yesterday: '昨天',
    last_7_days: '最近 7 天',
    this_week: '本周',
    last_week: '上周',
    last_30_days: '最近 30 天',
    this_month: '本月',
    last_month: '上月',
    this_quarter: '本季度',
    last_quarter: '上季度',
    this_year: '今年',
    last_year: '去年',
  },
  drawn: {
    cover: '概览',
    charts: '图表',
    chartData: '图表数据',
    step: '时段',
    value: '实际值',
    norm: '行业平均',
    range: '推荐范围',
    low: '下限',
    high: '上限',
    tooLong: '此表过长，不放入页面；完整内容请导出 Excel 或 CSV。',
    page: '第 {{page}} 页，共 {{pages}} 页',
    noValue: '—',
    outOfRange: '超出范围',
  },
  facts: {
    period: '统计期间',
    zone: '时区',
    step: '时间粒度',
    by: '分组',
    filters: '筛选',
    noFilter: '无（全部联络）',
    made: '生成时间',
    serviceLevel: '服务水平时限',
    shortAbandons: '短时放弃',
    shortIn: '计入服务水平分母',
    shortOut: '不计入服务水平分母',
    none: '不区分',
    repeatWindow: '一次性解决观察期',
    occupancy: '占线率口径',
    occupancySource: '不含事后处理',
    occupancyWrap: '两侧都含事后处理',
    ring: '一声振铃',
    currency: '货币',
    unique: '不同客户数',
    queues: '队列',
    agents: '坐席',
    topics: '主题',
    types: '联络类型',
    sources: '数据来源',
    channel: '渠道',
    tier: '客户等级',
    team: '团队',
  },
  columns: {
    number: '序号',
    standard: '指标',
    value: '实际值',
    state: '状态',
    norm: '行业平均',
    range: '推荐范围',
    previous: '上一期间',
    lastYear: '去年同期',
    diagnosis: '诊断',
    causes: '可能原因',
    actions: '先做什么',
    from: '开始',
    until: '结束',
    row: '行',
    total: '合计',
    step: '时段',
    whole: '全部',
    validFrom: '生效日期',
    unit: '单位',
  },
  tables: {
    standards: '指标',
    totals: '合计',
    steps: '按时段',
    groups: '分组明细',
    targets: '目标',
    outOfRange: '超出范围的指标',
  },
  notes: {
    missing: '没有数据：',
    marks: '红色加粗：超出推荐范围；琥珀色：超出不到十分之一。',
    counted: '分母为 0 或缺少数据时留空，不记为 0。',
  },
  mail: {
    greeting: '您好，以下是本期的关键指标。',
    figures: '关键指标',
    out: '需要关注',
    allGood: '所有已有数据的指标都在推荐范围内。',
    nothing: '本期间没有任何联络。',
    why: '原因',
    firstAction: '先做',
    open: '在 Yingda 中打开',
    cause: '可能原因',
    counts: '联络量',
    footer: '此邮件由定时报表“{{name}}”自动发送，负责人：{{owner}}。',
    attached: '附件：',
  },
  units: {
    seconds: '秒',
    hours: '小时',
    minute: '分',
    perHour: '个/小时',
    rings: '声',
    days: '天',
  },
  formats: { xlsx: 'Excel', pdf: 'PDF', csv: 'CSV', json: 'JSON' },
  listMark: '、',
  colon: '：',
  brackets: ['（', '）'],
};

const en: Words = {
  pages: { standards: 'The 23 standards', report: 'Report of the standards' },
  counts: {
    contacts: 'Contacts',
    answered: 'Answered',
    abandoned: 'Abandoned',
    blocked: 'Blocked',
    selfServed: 'Self-served',
    handled: 'Handled by people',
    withinServiceLevel: 'Answered in time',
  },
  states: {
    good: 'In range',
    near: 'Just outside',
    out: 'Out of range',
    watch: 'Watched only',
    none: 'No value',
  },
  groups: {
    none: 'Whole centre',
    team: 'Team',
    queue: 'Queue',
    agent: 'Agent',
    channel: 'Channel',
    topic: 'Topic',
    type: 'Contact type',
    tier: 'Customer tier',
    source: 'Source',
  },
  relative: {
    today: 'Today',
    yesterday: 'Yesterday',
    last_7_days: 'Last 7 days',
    this_week: 'This week',
    last_week: 'Last week',
    last_30_days: 'Last 30 days',
    this_month: 'This month',
    last_month: 'Last month',
    this_quarter: 'This quarter',
    last_quarter: 'Last quarter',
    this_year: 'This year',
    last_year: 'Last year',
  },
  drawn: {
    cover: 'Overview',
    charts: 'Charts',
    chartData: 'Chart data',
    step: 'Step',
    value: 'Value',
    norm: 'Norm',
    range: 'Recommended range',
    low: 'Low',
    high: 'High',
    tooLong: 'This table is too long for pages; the Excel and CSV files hold all of it.',
    page: 'Page {{page}} of {{pages}}',
    noValue: '–',
    outOfRange: 'Out of range',
  },
  facts: {
    period: 'Period',
    zone: 'Time zone',
    step: 'Step',
    by: 'Split by',
    filters: 'Filter',
    noFilter: 'None (all contacts)',
    made: 'Made at',
    serviceLevel: 'Service level time',
    shortAbandons: 'Short abandons',
    shortIn: 'stay in the denominator of the service level',
    shortOut: 'leave the denominator of the service level',
    none: 'not told apart',
    repeatWindow: 'First-contact resolution window',
    occupancy: 'Occupancy',
    occupancySource: 'without after-call work',
    occupancyWrap: 'after-call work on both sides',
    ring: 'One ring',
    currency: 'Currency',
    unique: 'Different customers',
    queues: 'Queues',
    agents: 'Agents',
    topics: 'Topics',
    types: 'Contact types',
    sources: 'Sources',
    channel: 'Channel',
    tier: 'Customer tier',
    team: 'Team',
  },
  columns: {
    number: 'No.',
    standard: 'Standard',
    value: 'Value',
    state: 'State',
    norm: 'Norm',
    range: 'Recommended range',
    previous: 'Previous period',
    lastYear: 'Same period last year',
    diagnosis: 'Diagnosis',
    causes: 'Likely causes',
    actions: 'What to do first',
    from: 'From',
    until: 'Until',
    row: 'Row',
    total: 'Total',
    step: 'Step',
    whole: 'All',
    validFrom: 'In force from',
    unit: 'Unit',
  },
  tables: {
    standards: 'Standards',
    totals: 'Totals',
    steps: 'By step',
    groups: 'By step and group',
    targets: 'Targets',
    outOfRange: 'Out of range',
  },
  notes: {
    missing: 'No data: ',
    marks: 'Bold red: out of the recommended range. Amber: outside by less than a tenth.',
    counted: 'Empty where the denominator is 0 or data is missing; never 0.',
  },
  mail: {
    greeting: 'Here are the key figures of the period.',
    figures: 'Key figures',
    out: 'Needs attention',
    allGood: 'Every standard that has data is within its recommended range.',
    nothing: 'There were no contacts in this period.',
    why: 'Why',
    firstAction: 'First',
    open: 'Open in Yingda',
    cause: 'Likely cause',
    counts: 'Contacts',
    footer: 'Sent by the scheduled report “{{name}}” on behalf of {{owner}}.',
    attached: 'Attached: ',
  },
  units: {
    seconds: 's',
    hours: 'h',
    minute: 'min',
    perHour: 'per hour',
    rings: 'rings',
    days: 'days',
  },
  formats: { xlsx: 'Excel', pdf: 'PDF', csv: 'CSV', json: 'JSON' },
  listMark: ', ',
  colon: ': ',
  brackets: [' (', ')'],
};

export const wordsIn = (locale: Locale): Words => (locale === 'en' ? en : zh);

/** Puts values into `{{name}}`; unknown names stay as they are. */
export function fill(text: string, params: Record<string, string | number>): string {
  return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  );
}
