/** A believable furniture shop: teams, people, ready answers and what its customers ask. */
export const company = {
  name: '青禾家居客户服务中心',
  timeZone: 'Asia/Shanghai',
  locale: 'zh-CN',
} as const;

export const teams = {
  presale: '售前咨询组',
  aftersale: '售后服务组',
  vip: '会员专席',
} as const;
export type TeamKey = keyof typeof teams;

/** The departments that answer what the service desk cannot, each with the team that has its inbox. */
export const departments = {
  tech: { name: '技术部', team: '技术支持组' },
  depot: { name: '仓储物流部', team: '仓储物流组' },
  product: { name: '产品部', team: '产品质量组' },
} as const;
export type DepartmentKey = keyof typeof departments;
/** A team of the demo by its key: those at the desk, and those of the departments. */
export type AnyTeam = TeamKey | DepartmentKey;

/** More colleagues beside those who can sign in by the printed accounts. */
export const colleagues: {
  name: string;
  team: AnyTeam;
  role: 'agent' | 'supervisor' | 'handler';
}[] = [
  { name: '王磊', team: 'aftersale', role: 'agent' },
  { name: '赵敏', team: 'aftersale', role: 'agent' },
  { name: '孙倩', team: 'presale', role: 'agent' },
  { name: '周浩', team: 'presale', role: 'agent' },
  { name: '吴婷', team: 'vip', role: 'agent' },
  { name: '郑凯', team: 'presale', role: 'supervisor' },
  { name: '田雨', team: 'tech', role: 'handler' },
  { name: '高翔', team: 'tech', role: 'supervisor' },
  { name: '邓超', team: 'depot', role: 'supervisor' },
  { name: '韩雪', team: 'product', role: 'handler' },
  { name: '宋佳', team: 'product', role: 'supervisor' },
];

export const canned = [
  {
    shortcut: 'nh',
    title: '开场问候',
    text: '{{customer.name}}您好，我是青禾家居客服{{agent.name}}，很高兴为您服务。请问有什么可以帮您？',
  },
  { shortcut: 'sd', title: '请稍等', text: '好的，我马上为您查询，请稍等一两分钟。' },
  {
    shortcut: 'fh',
    title: '发货时间',
    text: '现货商品付款后 48 小时内发货，定制商品一般 15 个工作日。发货后您会收到短信，里面有物流单号。',
  },
  {
    shortcut: 'th',
    title: '七天无理由退货',
    text: '签收后 7 天内，商品不影响二次销售即可退货。请在“我的订单”里提交申请，我们会安排上门取件。',
  },
  {
    shortcut: 'ps',
    title: '破损补发',
    text: '非常抱歉给您带来不便！请您拍一下破损的位置和外包装，我们核实后当天为您免费补发。',
  },
  {
    shortcut: 'fp',
    title: '开发票',
    text: '电子发票在确认收货后自动开具，可以在“我的订单—发票”里下载。需要修改抬头请告诉我单位名称和税号。',
  },
  {
    shortcut: 'az',
    title: '预约安装',
    text: '安装师傅会在货到后的第二天联系您约时间。您方便的时间是工作日还是周末呢？',
  },
  {
    shortcut: 'js',
    title: '结束语',
    text: '感谢您的咨询，祝您生活愉快！后续有任何问题都可以随时找我们。',
  },
] as const;

/** A conversation: lines of the customer (客) and the agent (服), and how it stands now. */
export type Story = {
  customer: string;
  phone: string;
  tier: 'standard' | 'silver' | 'gold' | 'vip';
  company?: string;
  team: TeamKey;
  subject: string;
  tags: string[];
  priority?: 'high' | 'urgent';
  lines: [who: '客' | '服' | '注', text: string][];
  state: 'waiting' | 'open' | 'resolved' | 'snoozed';
};

export const stories: Story[] = [
  {
    customer: '李雪梅',
    phone: '13800138021',
    tier: 'gold',
    team: 'aftersale',
    subject: '沙发左扶手开线',
    tags: ['质量', '沙发'],
    state: 'open',
    priority: 'high',
    lines: [
      ['客', '你好，上周收到的云朵沙发，左边扶手的线开了，才坐了三天。'],
      ['服', '李女士您好，非常抱歉给您带来不便！麻烦您拍一张开线位置的照片，我马上登记。'],
      ['客', '好的，晚点发你。能换新的吗？不想要维修过的。'],
      ['注', '老客户，去年买过全屋定制，建议直接换新。'],
    ],
  },
  {
    customer: '张伟',
    phone: '13911112222',
    tier: 'standard',
    team: 'aftersale',
    subject: '物流三天没有更新',
    tags: ['物流'],
    state: 'open',
    lines: [
      ['客', '订单 QH20261118 的物流停在嘉兴三天了，什么时候能到？'],
      ['服', '张先生您好，我帮您查一下承运方，请稍等。'],
      ['客', '快点，周末要搬家。'],
    ],
  },
  {
    customer: '陈思远',
    phone: '13722223333',
    tier: 'vip',
    company: '远见设计工作室',
    team: 'vip',
    subject: '样板间整套采购',
    tags: ['大客户', '采购'],
    state: 'open',
    priority: 'urgent',
    lines: [
      ['客', '吴小姐，上次谈的三套样板间，茶几能不能换成胡桃木的？'],
      ['服', '陈总您好，可以的，胡桃木每件加 380 元，交期多 5 天。我把新的清单发您确认。'],
      ['客', '行，发票抬头还是远见设计工作室。'],
    ],
  },
  {
    customer: '黄丽',
    phone: '13633334444',
    tier: 'silver',
    team: 'presale',
    subject: '小户型餐桌推荐',
    tags: ['咨询', '餐桌'],
    state: 'waiting',
    lines: [['客', '你们好，餐厅只有 6 平米，有没有可以伸缩的餐桌？四个人吃饭，预算两千左右。']],
  },
  {
    customer: '刘洋',
    phone: '13544445555',
    tier: 'standard',
    team: 'aftersale',
    subject: '收到的杯子碎了两个',
    tags: ['破损'],
    state: 'waiting',
    lines: [
      ['客', '六件套的玻璃杯碎了两个，包装里都是碎片😡'],
      ['客', '你们怎么包装的？要求补发！'],
    ],
  },
  {
    customer: '何静',
    phone: '13455556666',
    tier: 'gold',
    team: 'aftersale',
    subject: '衣柜门合页异响',
    tags: ['安装', '衣柜'],
    state: 'snoozed',
    lines: [
      ['客', '衣柜装好一周了，右边门一开就响。'],
      ['服', '何女士您好，给您预约了师傅周四上午上门调试，到时我再跟您确认。'],
      ['客', '好的，周四上午我在家。'],
    ],
  },
  {
    customer: '马超',
    phone: '13366667777',
    tier: 'standard',
    team: 'presale',
    subject: '会员积分兑换',
    tags: ['会员'],
    state: 'resolved',
    lines: [
      ['客', '积分怎么换东西？'],
      ['服', '您好，在“我的—积分商城”里就可以兑换，1000 积分起。您目前有 2,360 分。'],
      ['客', '找到了，谢谢'],
      ['服', '不客气，祝您生活愉快！'],
    ],
  },
  {
    customer: 'Emma Carter',
    phone: '13277778888',
    tier: 'standard',
    team: 'presale',
    subject: 'Delivery to Suzhou',
    tags: ['delivery'],
    state: 'resolved',
    lines: [
      ['客', 'Hi, do you deliver to Suzhou Industrial Park, and is assembly included?'],
      [
        '服',
        'Hello Emma! Yes, we do: delivery within three days, and assembly is free for furniture over 500 yuan.',
      ],
      ['客', 'Great, thank you!'],
    ],
  },
  {
    customer: '徐佳宁',
    phone: '13188889999',
    tier: 'silver',
    team: 'aftersale',
    subject: '发票抬头修改',
    tags: ['发票'],
    state: 'resolved',
    lines: [
      ['客', '发票抬头写错了，能改吗？'],
      ['服', '可以的，请把正确的单位名称和税号发我。'],
      ['客', '杭州佳宁文化有限公司，税号 91330100MA2XXXXX0X'],
      ['服', '已经重新开具，稍后会发到您的邮箱。'],
    ],
  },
];
