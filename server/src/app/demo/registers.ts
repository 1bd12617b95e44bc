import type { RegisterKey } from '@yingda/contract';
import { addLine } from '../../modules/registers/index.ts';
import type { Ctx } from '../../platform/ctx.ts';

type Line = {
  register: RegisterKey;
  /** Days before today. */
  days: number;
  who: [name: string, phone: string];
  values: Record<string, string | number>;
};

const purchases: Line[] = [
  {
    register: 'purchases',
    days: 1,
    who: ['远见设计工作室', '13722223333'],
    values: {
      region: '上海',
      product: '胡桃木茶几',
      quantity: '3 件',
      requirement: '样板间用，要求与沙发同色，十二月初到货。',
      budget: 1_140_000,
      channel: 'wechat',
      followUp: '已发报价，等客户确认颜色。',
    },
  },
  {
    register: 'purchases',
    days: 4,
    who: ['蓝湖幼儿园', '13900020001'],
    values: {
      region: '江苏苏州',
      product: '原木双层床',
      quantity: '24 张',
      requirement: '儿童午睡用，需环保检测报告，含安装。',
      budget: 8_640_000,
      channel: 'voice',
      followUp: '检测报告已寄，约下周看样。',
    },
  },
  {
    register: 'purchases',
    days: 9,
    who: ['栖云民宿', '13900020002'],
    values: {
      region: '浙江湖州',
      product: '乳胶床垫 1.8 米',
      quantity: '16 张',
      requirement: '要可拆洗床罩，分两批送货。',
      budget: 4_160_000,
      channel: 'voice',
      followUp: '已转大客户专员。',
    },
  },
  {
    register: 'purchases',
    days: 15,
    who: ['郭先生', '13900020003'],
    values: {
      region: '浙江杭州',
      product: '全屋定制',
      quantity: '1 套',
      requirement: '三室两厅，春节前入住。',
      budget: 12_000_000,
      channel: 'other',
      followUp: '已上门量尺，出图中。',
    },
  },
  {
    register: 'purchases',
    days: 22,
    who: ['合众律师事务所', '13900020004'],
    values: {
      region: '安徽合肥',
      product: '升降书桌 Pro',
      quantity: '40 张',
      requirement: '办公室搬迁，需发票与安装。',
      budget: 9_980_000,
      channel: 'email',
      followUp: '已签单，见签单客户统计。',
    },
  },
];

const deals: Line[] = [
  {
    register: 'deals',
    days: 2,
    who: ['合众律师事务所', '13900020004'],
    values: {
      contractNumber: 'QH-2026-1121',
      product: '升降书桌 Pro',
      quantity: '40 张',
      amount: 9_560_000,
      salesperson: '周浩',
      channel: 'email',
      note: '定金三成已到账。',
    },
  },
  {
    register: 'deals',
    days: 6,
    who: ['沈宏伟', '13600012009'],
    values: {
      contractNumber: 'QH-2026-1117',
      product: '全屋定制橱柜',
      quantity: '1 套',
      amount: 3_880_000,
      salesperson: '孙倩',
      channel: 'other',
      note: '门店签约。',
    },
  },
  {
    register: 'deals',
    days: 11,
    who: ['韩梅', '13600012010'],
    values: {
      contractNumber: 'QH-2026-1112',
      product: '云朵电动沙发',
      quantity: '2 件',
      amount: 1_659_800,
      salesperson: '吴婷',
      channel: 'wechat',
    },
  },
  {
    register: 'deals',
    days: 19,
    who: ['拾光咖啡', '13900020005'],
    values: {
      contractNumber: 'QH-2026-1104',
      product: '小户型伸缩餐桌',
      quantity: '12 张',
      amount: 2_388_000,
      salesperson: '周浩',
      channel: 'voice',
      note: '分店装修，一月再订一批。',
    },
  },
  {
    register: 'deals',
    days: 26,
    who: ['董明', '13600012013'],
    values: {
      contractNumber: 'QH-2026-1028',
      product: '原木四门衣柜',
      quantity: '2 套',
      amount: 1_359_600,
      salesperson: '孙倩',
      channel: 'webchat',
    },
  },
];

const phoned: Line[] = [
  {
    register: 'enquiries',
    days: 0,
    who: ['于女士', '13900020006'],
    values: {
      channel: 'voice',
      subject: '门店营业时间',
      question: '周日晚上几点关门？',
      answer: '周日营业到晚上九点，最后进店时间八点半。',
    },
  },
  {
    register: 'enquiries',
    days: 1,
    who: ['方先生', '13900020007'],
    values: {
      channel: 'voice',
      subject: '沙发面料清洗',
      question: '布艺沙发洒了咖啡怎么处理？',
      answer: '先用冷水吸干，再用中性清洁剂轻拍；靠垫套可拆下干洗。',
      note: '已短信发送保养说明。',
    },
  },
  {
    register: 'enquiries',
    days: 3,
    who: ['叶女士', '13900020008'],
    values: {
      channel: 'voice',
      subject: '以旧换新',
      question: '旧床垫能抵多少钱？',
      answer: '乳胶床垫抵 200 元，送新时一并拉走。',
    },
  },
  {
    register: 'members',
    days: 5,
    who: ['袁女士', '13900020009'],
    values: { tier: 'silver', channel: 'other', region: '浙江杭州', note: '门店活动注册。' },
  },
  {
    register: 'members',
    days: 8,
    who: ['邵先生', '13900020010'],
    values: { tier: 'standard', channel: 'other', region: '上海', note: '扫码注册。' },
  },
];

const DAY_MS = 86_400_000;

/** What people at the desk enter by hand: enquiries by phone, purchase requests, new members, signed contracts. */
export async function seedRegisters(agents: readonly Ctx[], now = Date.now()): Promise<void> {
  for (const [place, line] of [...purchases, ...deals, ...phoned].entries()) {
    const agent = agents[place % agents.length];
    if (!agent) return;
    const { register, days, who, values } = line;
    const [customerName, phone] = who;
    await addLine(agent, register, {
      at: new Date(now - days * DAY_MS - (place + 1) * 7 * 60_000).toISOString(),
      teamId: null,
      customerId: null,
      customerName,
      phones: [phone],
      conversationId: null,
      values,
    });
  }
}
