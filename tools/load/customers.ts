import { bigrams } from '../../server/src/platform/text/index.ts';
import { arrayText, copyRow, instantText, vectorText } from './copy-text.ts';
import { idOf, mix, randomOf } from './random.ts';
import type { Random } from './random.ts';

const surnames = Array.from(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡',
);
const given = Array.from(
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰文辉建国春燕梅志宇欣怡子涵浩然雨思佳俊峰雪晨梓萱',
);
const firstNames =
  'James Mary Robert Linda Michael Emma David Olivia Daniel Sophia Ahmed Yuki Carlos Anna Ivan Fatima'.split(
    ' ',
  );
const lastNames =
  'Smith Johnson Brown Garcia Miller Davis Wilson Anderson Taylor Moore Khan Tanaka Silva Novak Petrov Haddad'.split(
    ' ',
  );
const companies =
  '星辰科技 远航物流 绿源食品 东方贸易 恒信电子 蓝海传媒 金桥机械 博雅教育 康宁医药 新纪元建材'.split(
    ' ',
  );
const towns = '上海 北京 深圳 杭州 成都 武汉 西安 南京 苏州 厦门 青岛 长沙'.split(' ');
const tags = ['老客户', '企业', '高价值', '投诉过', '直播间', '线下门店'];

export type Customer = {
  id: string;
  name: string;
  named: boolean;
  tier: string;
  company: string | null;
  locale: string;
  tags: string[];
  phone: string | null;
  email: string | null;
};

const from = (list: string[], random: Random): string => list[random.int(list.length)] ?? '';

function nameOf(random: Random, english: boolean): string {
  if (english) return `${from(firstNames, random)} ${from(lastNames, random)}`;
  const second = random.chance(0.6) ? from(given, random) : '';
  return from(surnames, random) + from(given, random) + second;
}

function tierOf(roll: number): string {
  if (roll < 0.02) return 'vip';
  if (roll < 0.07) return 'gold';
  return roll < 0.2 ? 'silver' : 'standard';
}

/** Everything about one customer follows from seed and number, so that nothing has to be kept in memory. */
export function customerOf(seed: number, index: number, firstAt: number): Customer {
  const random = randomOf(mix(seed, index));
  const id = idOf('customer', firstAt, index);
  const english = random.chance(0.12);
  const named = random.chance(0.85);
  const made = english
    ? `Visitor ${id.slice(-4).toUpperCase()}`
    : `访客 ${id.slice(-4).toUpperCase()}`;
  const name = nameOf(random, english);
  return {
    id,
    name: named ? name : made,
    named,
    tier: tierOf(random.next()),
    company: random.chance(0.1) ? `${from(towns, random)}${from(companies, random)}有限公司` : null,
    locale: english ? 'en' : 'zh-CN',
    tags: random.chance(0.15) ? [from(tags, random)] : [],
    // A step that shares no factor with the range: as many different numbers as there are.
    phone: random.chance(0.6)
      ? `+8613${String((index * 48_271) % 1_000_000_000).padStart(9, '0')}`
      : null,
    email: random.chance(0.3) ? `customer${index}@example.com` : null,
  };
}

export const customerColumns =
  'id, name, named, tier, verified, company, locale, tags, words, created_at, last_seen_at';
export const identityColumns = 'id, customer_id, kind, value, verified, created_at';

/** The rows of one customer: itself, and by what it is recognised. */
export function customerRows(
  customer: Customer,
  { index, firstAt, lastAt }: { index: number; firstAt: number; lastAt: number },
): { customer: string; identities: string } {
  const { id, name, company, phone, email } = customer;
  const verified = phone !== null && index % 3 === 0;
  const words = bigrams([name, company ?? '', phone ?? '', email ?? ''].join(' ; '));
  const row = copyRow([
    id,
    name,
    customer.named,
    customer.tier,
    verified,
    company,
    customer.locale,
    arrayText(customer.tags),
    vectorText(words),
    instantText(firstAt),
    instantText(lastAt),
  ]);
  let identities = '';
  for (const [at, [kind, value]] of [
    ['phone', phone] as const,
    ['email', email] as const,
  ].entries()) {
    if (value === null) continue;
    const identity = idOf('identity', firstAt, index * 2 + at);
    identities += copyRow([
      identity,
      id,
      kind,
      value,
      verified && kind === 'phone',
      instantText(firstAt),
    ]);
  }
  return { customer: row, identities };
}

/** Which customer comes: somebody new, or one who was here before, lately rather than long ago. */
export class Visits {
  readonly firstAt: Float64Array;
  readonly lastAt: Float64Array;
  count = 0;

  constructor(most: number) {
    this.firstAt = new Float64Array(most);
    this.lastAt = new Float64Array(most);
  }

  next(at: number, random: Random): number {
    const fresh = this.count === 0 || (this.count < this.firstAt.length && random.chance(0.4));
    const back = Math.floor(this.count * random.next() ** 2);
    const index = fresh ? this.count : this.count - 1 - back;
    if (fresh) {
      this.firstAt[index] = at;
      this.count += 1;
    }
    this.lastAt[index] = at;
    return index;
  }
}
