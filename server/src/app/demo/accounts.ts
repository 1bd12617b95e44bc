/** Who can sign in to the demo; printed at the start of a demo only. */
export const demoAccounts = [
  {
    email: 'admin@demo.yingda.local',
    password: 'yingda-demo-2026',
    name: '沈经理',
    title: '管理员 Administrator',
    role: 'administrator',
    team: 'aftersale',
  },
  {
    email: 'lin@demo.yingda.local',
    password: 'yingda-demo-2026',
    name: '林芳',
    title: '坐席 Agent',
    role: 'agent',
    team: 'aftersale',
  },
  {
    email: 'chen@demo.yingda.local',
    password: 'yingda-demo-2026',
    name: '陈静',
    title: '主管 Supervisor',
    role: 'supervisor',
    team: 'aftersale',
  },
  {
    email: 'xu@demo.yingda.local',
    password: 'yingda-demo-2026',
    name: '许明',
    title: '技术部处理人 Technical department',
    role: 'handler',
    team: 'tech',
  },
  {
    email: 'luo@demo.yingda.local',
    password: 'yingda-demo-2026',
    name: '罗军',
    title: '仓储物流部处理人 Depot',
    role: 'handler',
    team: 'depot',
  },
] as const;
