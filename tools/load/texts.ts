import type { Random } from './random.ts';

const products = [
  '无线耳机',
  '智能手表',
  '空气净化器',
  '扫地机器人',
  '机械键盘',
  '电动牙刷',
  '咖啡机',
  '行车记录仪',
  '平板电脑',
  '加湿器',
];
const replies = [
  '您好，已经为您查询，请稍候。',
  '好的，这边马上帮您处理。',
  '抱歉给您带来不便，我们会尽快核实。',
  '已为您登记，预计两个工作日内会有专人联系您。',
  '请提供一下订单号或者注册的手机号，谢谢。',
  '退款已经提交，一般三到五个工作日到账。',
  '地址已经修改好了，请您留意物流信息。',
  '感谢您的耐心等待，还有其他可以帮您的吗？',
];
const englishReplies = [
  'Thank you for waiting, let me look into this for you.',
  'I have forwarded this to the department in charge.',
  'Could you give me the order number, please?',
  'The refund has been issued and should arrive within five days.',
  'Is there anything else I can help you with?',
];
const subjects = [
  '订单未发货',
  '申请退款',
  '发票抬头修改',
  '账单疑问',
  '流量查询',
  '会员积分',
  '商品破损',
  '地址修改',
  'Card payment declined',
  'Refund status',
];

const HAN = /\p{Script=Han}/u;
const pick = (list: string[], random: Random): string => list[random.int(list.length)] ?? '';

/** What a customer writes: a real question, now and then with a greeting, an order number or a second question. */
export function questionText(questions: string[], random: Random): string {
  const question = pick(questions, random);
  const chinese = HAN.test(question);
  const greeting = random.chance(0.2) ? (chinese ? '你好，' : 'Hello, ') : '';
  const roll = random.next();
  if (roll < 0.1) {
    const number = `YL-${20_000_000 + random.int(60_000_000)}`;
    return `${greeting}${question} ${chinese ? '订单号' : 'Order'} ${number}`;
  }
  if (roll < 0.2)
    return `${greeting}${question}${chinese ? '，买的是' : ' '}${pick(products, random)}`;
  if (roll < 0.3) return `${greeting}${question} ${pick(questions, random)}`;
  return greeting + question;
}

/** What an agent answers, in the language of the question. */
export function replyText(question: string, random: Random): string {
  return pick(HAN.test(question) ? replies : englishReplies, random);
}

export const subjectText = (random: Random): string => pick(subjects, random);

/** Tags of conversations; the first are common, the last is one in thousands. */
const tags = [
  '咨询',
  '退款',
  '物流',
  '发票',
  '投诉',
  '质量',
  '账单',
  '优惠券',
  '会员',
  '安装',
  '换货',
  '催单',
  '建议',
  '表扬',
  'vip',
  '升级专家',
];

/** Most conversations have none, some one or two; each tag is half as common as the one before. */
export function conversationTags(random: Random): string[] {
  if (random.chance(0.55)) return [];
  const one = (): string =>
    tags[Math.min(tags.length - 1, Math.floor(-Math.log2(random.next() || 1)))] ?? '';
  const first = one();
  const second = random.chance(0.25) ? one() : first;
  return first === second ? [first] : [first, second];
}
