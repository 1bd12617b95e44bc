import type { CentreSpec, TypeSpec } from './centre-log/index.ts';
import type { TeamKey } from './company.ts';

/** What customers of a furniture shop come with. */
const types: TypeSpec[] = [
  {
    name: '咨询',
    share: 42,
    talk: 165,
    wrapUp: 24,
    heldShare: 0.12,
    hold: 34,
    transferShare: 0.02,
    solvedShare: 0.95,
    topics: ['咨询', '会员', '餐桌', '衣柜'],
  },
  {
    name: '订单',
    share: 30,
    talk: 210,
    wrapUp: 35,
    heldShare: 0.2,
    hold: 45,
    transferShare: 0.02,
    solvedShare: 0.9,
    topics: ['物流', '发票', '修改订单'],
  },
  {
    name: '售后',
    share: 22,
    talk: 320,
    wrapUp: 62,
    heldShare: 0.35,
    hold: 62,
    transferShare: 0.06,
    solvedShare: 0.83,
    topics: ['安装', '质量', '破损', '退货'],
  },
  {
    name: '投诉',
    share: 6,
    talk: 410,
    wrapUp: 95,
    heldShare: 0.3,
    hold: 70,
    transferShare: 0.1,
    solvedShare: 0.72,
    topics: ['质量', '物流', '服务'],
  },
];

const open = [9, 21] as const;
/** Half begin in the morning, half at noon. */
const shiftStarts = [9, 12.5];

/** The demo's centre: who of which team helps out where, by the places of the teams' agents in one list. */
export function demoCentre(agents: { name: string; team: TeamKey }[]): CentreSpec {
  const placesOf = (team: TeamKey): number[] =>
    agents.flatMap((agent, at) => (agent.team === team ? [at] : []));
  const [presale, aftersale, vip] = [placesOf('presale'), placesOf('aftersale'), placesOf('vip')];
  return {
    queues: [
      {
        name: 'presale',
        channels: [
          ['webchat', 5],
          ['voice', 3],
          ['wechat', 2],
        ],
        share: 40,
        open,
        agents: [...presale, ...aftersale.slice(1)],
      },
      {
        name: 'aftersale',
        channels: [
          ['voice', 6],
          ['webchat', 4],
        ],
        share: 50,
        open,
        agents: [...aftersale, ...presale],
      },
      {
        name: 'vip',
        channels: [
          ['voice', 7],
          ['wechat', 3],
        ],
        share: 10,
        open,
        agents: [...vip, ...aftersale.slice(0, 2), ...presale],
      },
    ],
    agents: agents.map(({ name }) => name),
    starts: agents.map((_, at) => shiftStarts[at % shiftStarts.length] ?? 9),
    types,
    selfServed: 0.05,
    customers: 6_000,
  };
}
