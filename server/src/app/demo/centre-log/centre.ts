import type { Channel, Tier } from '@yingda/contract';
import { mix } from './random.ts';

/** What contacts are about, and how long they take; times in seconds. */
export type TypeSpec = {
  name: string;
  /** How many of all contacts; shares need not add up to 1. */
  share: number;
  talk: number;
  wrapUp: number;
  /** Of contacts that are put on hold, for `hold` seconds on average. */
  heldShare: number;
  hold: number;
  transferShare: number;
  solvedShare: number;
  topics: readonly string[];
};
export type QueueSpec = {
  name: string;
  /** Shares of the channels through which contacts come. */
  channels: readonly (readonly [Channel, number])[];
  share: number;
  /** Hours of the day, from and up to; 0 and 24: always. */
  open: readonly [from: number, until: number];
  /** Places in the centre's list of agents; an agent may serve several queues. */
  agents: number[];
};
/** A centre whose log is made. */
export type CentreSpec = {
  queues: QueueSpec[];
  agents: string[];
  /** Hour of the day at which the shifts of each agent begin. */
  starts: number[];
  types: TypeSpec[];
  /** Share of callers that the voice menu serves to the end. */
  selfServed: number;
  /** Customers there are; few call often, many rarely. */
  customers: number;
};

export const typeSpecs: TypeSpec[] = [
  {
    name: '咨询',
    share: 38,
    talk: 170,
    wrapUp: 22,
    heldShare: 0.1,
    hold: 30,
    transferShare: 0.02,
    solvedShare: 0.95,
    topics: ['产品咨询', '活动规则', '门店信息', '会员积分'],
  },
  {
    name: '订单',
    share: 27,
    talk: 230,
    wrapUp: 34,
    heldShare: 0.22,
    hold: 42,
    transferShare: 0.025,
    solvedShare: 0.9,
    topics: ['物流进度', '修改订单', '取消订单', '发票'],
  },
  {
    name: '售后',
    share: 20,
    talk: 330,
    wrapUp: 58,
    heldShare: 0.34,
    hold: 58,
    transferShare: 0.05,
    solvedShare: 0.84,
    topics: ['退货退款', '破损补发', '安装预约', '维修'],
  },
  {
    name: '技术支持',
    share: 9,
    talk: 470,
    wrapUp: 70,
    heldShare: 0.45,
    hold: 75,
    transferShare: 0.07,
    solvedShare: 0.8,
    topics: ['无法开机', '联网故障', '软件升级'],
  },
  {
    name: '投诉',
    share: 6,
    talk: 420,
    wrapUp: 95,
    heldShare: 0.3,
    hold: 66,
    transferShare: 0.12,
    solvedShare: 0.7,
    topics: ['服务投诉', '质量投诉', '物流投诉'],
  },
];

const queueNames: [name: string, channel: Channel, share: number][] = [
  ['综合热线', 'voice', 16],
  ['订单热线', 'voice', 11],
  ['售后热线', 'voice', 10],
  ['华东一线', 'voice', 8],
  ['华南一线', 'voice', 7],
  ['华北一线', 'voice', 6],
  ['西南一线', 'voice', 5],
  ['在线客服一组', 'webchat', 7],
  ['在线客服二组', 'webchat', 5],
  ['微信客服', 'wechat', 4],
  ['技术支持', 'voice', 4],
  ['安装预约', 'voice', 3],
  ['会员专席', 'voice', 3],
  ['企业客户', 'voice', 2.5],
  ['投诉受理', 'voice', 2.5],
  ['海外客户', 'voice', 1.5],
  ['配送协调', 'voice', 1.5],
  ['发票与账务', 'voice', 1.2],
  ['门店支持', 'voice', 1],
  ['经销商', 'voice', 0.8],
];

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧';
const given = '芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲建文辉';
const NIGHT_QUEUES = 2;

/** `1042 王芳`: the number keeps people of one name apart. */
function agentName(index: number): string {
  const of = (text: string, salt: number): string => text[mix(salt, index) % text.length] ?? '';
  const second = index % 3 === 0 ? of(given, 3) : '';
  return `${1001 + index} ${of(surnames, 1)}${of(given, 2)}${second}`;
}

/** A centre of so many queues (20 at most) that nobody works for yet; the first ones are open day and night. */
export function centreOf(contactsPerDay: number, queues: number): CentreSpec {
  return {
    queues: queueNames.slice(0, queues).map(([name, channel, share], at) => ({
      name,
      channels: [[channel, 1]],
      share,
      open: at < NIGHT_QUEUES ? [0, 24] : [8, 22],
      agents: [],
    })),
    agents: [],
    starts: [],
    types: typeSpecs,
    selfServed: 0.06,
    customers: Math.max(200, Math.round(contactsPerDay * 90)),
  };
}

/** One agent more, whose shifts begin at this hour; gives the place in the list. */
export function hire(centre: CentreSpec, start: number): number {
  centre.starts.push(start);
  return centre.agents.push(agentName(centre.agents.length)) - 1;
}

/** Tier of a customer: the same at every contact. */
export function tierOf(customer: number): Tier {
  const draw = mix(77, customer) % 100;
  if (draw < 3) return 'vip';
  if (draw < 12) return 'gold';
  return draw < 32 ? 'silver' : 'standard';
}
