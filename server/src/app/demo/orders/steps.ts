import type { Matter } from './matters.ts';
import type { Ending, Planned } from './plan.ts';

/** What somebody does to an order; `hours` after the step before, where it begins a new one. */
export type Deed =
  | {
      deed: 'move';
      by: 'agent' | 'handler';
      move: string;
      hours: number;
      form?: Partial<Record<FormKey, string>>;
      note?: string;
      toDepartment?: true;
    }
  | { deed: 'take' }
  | { deed: 'pause'; note: string }
  | { deed: 'comment'; by: 'agent' | 'handler'; text: string; isPublic?: true };
type FormKey =
  | 'result'
  | 'review'
  | 'receipt'
  | 'plan'
  | 'rootCause'
  | 'solutionAgreed'
  | 'apology'
  | 'compensation';

type Told = { matter: Matter; slow: boolean };
const WORK_HOURS = 20;
const SLOW_HOURS = 130;
const worked = ({ slow }: Told): number => (slow ? SLOW_HOURS : WORK_HOURS);

const transfer = ({ matter }: Told): Deed[] => [
  {
    deed: 'move',
    by: 'agent',
    move: 'transfer',
    hours: 0.7,
    form: { plan: matter.plan, receipt: '已短信告知客户两个工作日内答复。' },
    note: '请核实后尽快处理。',
    toDepartment: true,
  },
];
const take: Deed[] = [
  { deed: 'take' },
  { deed: 'comment', by: 'handler', text: '已联系客户核对情况，正在安排。' },
];
const pause: Deed[] = [
  { deed: 'pause', note: '等客户寄回样品 / 确认上门时间。' },
  {
    deed: 'comment',
    by: 'agent',
    text: '我们已收到您的反馈，等您确认时间后马上安排。',
    isPublic: true,
  },
];
const answer = (told: Told): Deed => ({
  deed: 'move',
  by: 'handler',
  move: 'answer',
  hours: worked(told),
  form: { result: told.matter.result },
});
const replied: Deed = {
  deed: 'move',
  by: 'agent',
  move: 'replied',
  hours: 1.5,
  note: '已电话告知客户处理结果。',
};
const confirmed: Deed = {
  deed: 'move',
  by: 'agent',
  move: 'confirmed',
  hours: 26,
  note: '客户确认已解决。',
};
const notSolved: Deed = {
  deed: 'move',
  by: 'agent',
  move: 'not_solved',
  hours: 24,
  note: '客户说用了一天又出现同样的问题。',
};

const contacted: Deed = {
  deed: 'move',
  by: 'agent',
  move: 'contacted',
  hours: 0.25,
  form: { receipt: '已第一时间致电客户致歉，承诺当天给出方案。' },
};
const agreed = ({ matter }: Told): Deed => ({
  deed: 'move',
  by: 'agent',
  move: 'agreed',
  hours: 3,
  form: {
    plan: matter.plan,
    solutionAgreed: matter.agreed ?? '',
    apology: matter.apology ?? '',
    compensation: matter.compensation ?? '',
  },
  toDepartment: true,
});
const analysed = (told: Told): Deed => ({
  deed: 'move',
  by: 'handler',
  move: 'analysed',
  hours: worked(told),
  form: { rootCause: told.matter.cause ?? '', result: told.matter.result },
});
const content: Deed = {
  deed: 'move',
  by: 'agent',
  move: 'confirmed',
  hours: 60,
  note: '客户对处理结果表示满意。',
};

const direct = ({ matter }: Told): Deed => ({
  deed: 'move',
  by: 'agent',
  move: 'solve',
  hours: 0.3,
  form: { plan: matter.plan, result: matter.result },
});
const sendBack: Deed = {
  deed: 'move',
  by: 'handler',
  move: 'send_back',
  hours: 4,
  form: { review: '差价由销售内勤核算，请补充订单号后转产品部。' },
};
const cancel: Deed = {
  deed: 'move',
  by: 'agent',
  move: 'cancel',
  hours: 0.5,
  form: { review: '客户来电说暂不采购，撤销。' },
};

const atWork = (told: Told): Deed[] => [...transfer(told), ...take];
const called = (told: Told): Deed[] => [...atWork(told), answer(told), replied];
const caused = (told: Told): Deed[] => [contacted, agreed(told)];

const deeds: Record<Ending, (told: Told) => Deed[]> = {
  intake: () => [],
  inbox: transfer,
  working: atWork,
  paused: (told) => [...atWork(told), ...pause],
  sent_back: (told) => [...atWork(told), sendBack],
  answered: (told) => [...atWork(told), answer(told)],
  callback: called,
  closed: (told) => [...called(told), confirmed],
  direct: (told) => [direct(told), replied, confirmed],
  cancelled: () => [cancel],
  reopened: (told) => [...called(told), notSolved, ...take, answer(told), replied, confirmed],
  contact: () => [],
  solution: () => [contacted],
  cause: caused,
  follow_up: (told) => [...caused(told), ...take, analysed(told)],
  settled: (told) => [...caused(told), ...take, analysed(told), content],
};

/** All that is done to an order until it stands where it stands. */
export const deedsOf = (matter: Matter, { ending, slow }: Planned): Deed[] =>
  deeds[ending]({ matter, slow: slow === true });
