import type { FlowDefinition, FlowMove, FlowStep, StepClock, Wording } from '@yingda/contract';

/** A working day of clocks, in minutes: two working days are 960 working minutes. */
const WORKING_DAY = 8 * 60;

const words = (zh: string, en: string): Wording => ({ 'zh-CN': zh, en });

type Move = Pick<FlowMove, 'key' | 'name' | 'to'> & Partial<FlowMove>;
const move = (given: Move): FlowMove => ({ who: ['owner'], needs: [], effect: 'none', ...given });

type Step = Pick<FlowStep, 'key' | 'name' | 'kind'> & Partial<FlowStep>;
const step = (given: Step): FlowStep => ({
  customerName: null,
  owner: null,
  clock: null,
  moves: [],
  approval: null,
  checklist: [],
  tasks: [],
  doneFirst: false,
  x: 0,
  y: 0,
  ...given,
});

const clock = (minutes: number, more: Partial<StepClock> = {}): StepClock => ({
  minutes,
  calendar: 'owner',
  warnings: [],
  escalations: [],
  chase: false,
  ...more,
});

const closed = (x: number, y: number): FlowStep =>
  step({
    key: 'closed',
    kind: 'end',
    name: words('已结案', 'Closed'),
    customerName: words('已完成', 'Finished'),
    x,
    y,
  });

/** 受理 → 直接解决，否则 2 个工时内转部门 → 部门 2 个工作日内答复 → 回复客户 → 回访确认 → 结案. */
const house: FlowDefinition = {
  start: 'intake',
  steps: [
    step({
      key: 'intake',
      kind: 'work',
      name: words('受理', 'Intake'),
      customerName: words('已受理', 'Received'),
      owner: { rule: 'recorder' },
      clock: clock(120, {
        warnings: [{ minutes: 30, to: ['owner'] }],
        escalations: [
          { minutes: 0, to: ['owner'] },
          { minutes: 60, to: ['lead'] },
        ],
      }),
      moves: [
        move({
          key: 'transfer',
          name: words('转责任部门', 'Transfer to department'),
          to: 'department_answer',
          who: ['owner', 'recorder'],
          needs: ['description', 'customer', 'department'],
        }),
        move({
          key: 'solve',
          name: words('直接解决', 'Solve directly'),
          to: 'reply_customer',
          who: ['owner', 'recorder'],
          needs: ['description', 'customer', 'result'],
          effect: 'answered',
        }),
        move({
          key: 'cancel',
          name: words('撤销', 'Cancel'),
          to: 'cancelled',
          who: ['owner', 'recorder'],
          needs: ['review'],
          effect: 'cancelled',
        }),
      ],
      x: 320,
      y: 0,
    }),
    step({
      key: 'department_answer',
      kind: 'work',
      name: words('部门处理', 'Department answers'),
      customerName: words('处理中', 'Being worked on'),
      owner: { rule: 'department' },
      clock: clock(2 * WORKING_DAY, {
        warnings: [{ minutes: 120, to: ['owner'] }],
        escalations: [
          { minutes: 0, to: ['owner', 'recorder'] },
          { minutes: 240, to: ['lead'] },
          { minutes: WORKING_DAY, to: ['manager'] },
        ],
        chase: true,
      }),
      moves: [
        move({
          key: 'answer',
          name: words('答复', 'Answer'),
          to: 'reply_customer',
          needs: ['result'],
          effect: 'answered',
        }),
        move({
          key: 'send_back',
          name: words('退回', 'Send back'),
          to: 'intake',
          needs: ['review'],
        }),
      ],
      x: 0,
      y: 150,
    }),
    step({
      key: 'reply_customer',
      kind: 'work',
      name: words('回复客户', 'Reply to customer'),
      customerName: words('正在答复您', 'We are answering you'),
      owner: { rule: 'recorder' },
      clock: clock(240, {
        warnings: [{ minutes: 60, to: ['owner'] }],
        escalations: [
          { minutes: 0, to: ['owner'] },
          { minutes: 120, to: ['lead'] },
        ],
      }),
      moves: [
        move({
          key: 'replied',
          name: words('已回复客户', 'Customer was told'),
          to: 'callback',
          who: ['owner', 'recorder'],
          needs: ['result'],
        }),
      ],
      x: 320,
      y: 300,
    }),
    step({
      key: 'callback',
      kind: 'callback',
      name: words('回访', 'Callback'),
      customerName: words('等您确认', 'Waiting for your word'),
      owner: { rule: 'recorder' },
      clock: clock(2 * WORKING_DAY, {
        warnings: [{ minutes: 120, to: ['owner'] }],
        escalations: [
          { minutes: 0, to: ['owner'] },
          { minutes: 240, to: ['lead'] },
        ],
      }),
      moves: [
        move({
          key: 'confirmed',
          name: words('客户确认已解决', 'Customer confirms'),
          to: 'closed',
          who: ['owner', 'recorder'],
          effect: 'solved',
        }),
        move({
          key: 'not_solved',
          name: words('未解决，退部门', 'Not solved: to the department'),
          to: 'department_answer',
          who: ['owner', 'recorder'],
          effect: 'not_solved',
        }),
        move({
          key: 'not_solved_intake',
          name: words('未解决，重新受理', 'Not solved: to intake'),
          to: 'intake',
          who: ['owner', 'recorder'],
          effect: 'not_solved',
        }),
      ],
      x: 320,
      y: 450,
    }),
    closed(320, 600),
    step({
      key: 'cancelled',
      kind: 'end',
      name: words('已撤销', 'Cancelled'),
      customerName: words('已取消', 'Cancelled'),
      x: 640,
      y: 150,
    }),
  ],
};

/** 投诉：立即联系 → 商定方案（致歉、补偿）→ 部门查明原因 → 7 天内回访 → 结案. */
const complaint: FlowDefinition = {
  start: 'first_contact',
  steps: [
    step({
      key: 'first_contact',
      kind: 'work',
      name: words('首次联系', 'First contact'),
      customerName: words('已受理', 'Received'),
      owner: { rule: 'recorder' },
      clock: clock(30, {
        calendar: 'flat',
        warnings: [{ minutes: 10, to: ['owner'] }],
        escalations: [
          { minutes: 0, to: ['owner', 'lead'] },
          { minutes: 60, to: ['manager'] },
        ],
      }),
      moves: [
        move({
          key: 'contacted',
          name: words('已联系客户', 'Customer was contacted'),
          to: 'solution',
          who: ['owner', 'recorder'],
          needs: ['description', 'customer', 'receipt'],
        }),
      ],
      x: 0,
      y: 0,
    }),
    step({
      key: 'solution',
      kind: 'work',
      name: words('商定方案', 'Agree on a solution'),
      customerName: words('商定解决方案', 'Agreeing on a solution'),
      owner: { rule: 'recorder' },
      clock: clock(WORKING_DAY, {
        warnings: [{ minutes: 120, to: ['owner'] }],
        escalations: [
          { minutes: 0, to: ['owner', 'lead'] },
          { minutes: 240, to: ['manager'] },
        ],
      }),
      moves: [
        move({
          key: 'agreed',
          name: words('方案已商定', 'Solution agreed'),
          to: 'root_cause',
          who: ['owner', 'recorder'],
          needs: ['solutionAgreed', 'apology', 'compensation', 'department'],
        }),
      ],
      x: 0,
      y: 150,
    }),
    step({
      key: 'root_cause',
      kind: 'work',
      name: words('部门整改', 'Department finds the cause'),
      customerName: words('处理中', 'Being worked on'),
      owner: { rule: 'department' },
      clock: clock(2 * WORKING_DAY, {
        warnings: [{ minutes: 120, to: ['owner'] }],
        escalations: [
          { minutes: 0, to: ['owner', 'recorder'] },
          { minutes: 240, to: ['lead'] },
          { minutes: WORKING_DAY, to: ['manager'] },
        ],
        chase: true,
      }),
      moves: [
        move({
          key: 'analysed',
          name: words('原因已查明', 'Cause found'),
          to: 'follow_up',
          needs: ['rootCause', 'result'],
          effect: 'answered',
        }),
        move({
          key: 'send_back',
          name: words('退回', 'Send back'),
          to: 'solution',
          needs: ['review'],
        }),
      ],
      x: 0,
      y: 300,
    }),
    step({
      key: 'follow_up',
      kind: 'callback',
      name: words('投诉回访', 'Follow-up call'),
      customerName: words('等您确认', 'Waiting for your word'),
      owner: { rule: 'recorder' },
      clock: clock(7 * 24 * 60, {
        calendar: 'flat',
        warnings: [{ minutes: 24 * 60, to: ['owner'] }],
        escalations: [{ minutes: 0, to: ['owner', 'lead'] }],
      }),
      moves: [
        move({
          key: 'confirmed',
          name: words('客户满意', 'Customer is content'),
          to: 'closed',
          who: ['owner', 'recorder'],
          effect: 'solved',
        }),
        move({
          key: 'not_solved',
          name: words('未解决', 'Not solved'),
          to: 'solution',
          who: ['owner', 'recorder'],
          effect: 'not_solved',
        }),
      ],
      x: 0,
      y: 450,
    }),
    closed(0, 600),
  ],
};

export const houseFlowKey = 'house';
export const complaintFlowKey = 'complaint';

/** The flows every installation starts with. */
export const shippedFlows: readonly { key: string; name: Wording; definition: FlowDefinition }[] = [
  { key: houseFlowKey, name: words('客户问题处理流程', 'Customer problems'), definition: house },
  { key: complaintFlowKey, name: words('投诉处理流程', 'Complaints'), definition: complaint },
];

/** The categories every installation starts with. */
export const shippedCategories: readonly {
  name: Wording;
  flowKey: string;
  isComplaint: boolean;
}[] = [
  { name: words('技术问题', 'Technical'), flowKey: houseFlowKey, isComplaint: false },
  { name: words('服务质量', 'Service quality'), flowKey: houseFlowKey, isComplaint: false },
  { name: words('销售管理', 'Sales management'), flowKey: houseFlowKey, isComplaint: false },
  { name: words('其他', 'Other'), flowKey: houseFlowKey, isComplaint: false },
  { name: words('投诉', 'Complaint'), flowKey: complaintFlowKey, isComplaint: true },
];
