/** Who can sign in to the demo; printed at the start of a demo only. */
export const demoAccounts = [
  { email: 'admin@demo.yingda.local', password: 'yingda-demo-2026', title: '管理员 Administrator' },
  { email: 'lin@demo.yingda.local', password: 'yingda-demo-2026', title: '坐席 Agent' },
  { email: 'chen@demo.yingda.local', password: 'yingda-demo-2026', title: '主管 Supervisor' },
] as const;
