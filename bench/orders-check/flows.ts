// The flows as the service regulations say them, written down a second time: which step follows which deed, how much
// working time each may take, and who is told when. Nothing of the product is imported here.

export type Rule = {
  /** Whose hours: of the desk, of the department, or all hours of the day and night. */
  hours: 'desk' | 'department' | 'all';
  minutes: number;
  /** Minutes before the deadline. */
  warnings: number[];
  /** Minutes after it. */
  escalations: number[];
  /** When it is late the agent is to chase the department and to tell the customer. */
  chase?: true;
};
export type Step = { rule: Rule | null; moves: Record<string, string> };

const HOUR = 60;
/** A working day of the regulations has eight hours. */
const DAY = 8 * HOUR;

const department: Rule = {
  hours: 'department',
  minutes: 2 * DAY,
  warnings: [2 * HOUR],
  escalations: [0, 4 * HOUR, DAY],
  chase: true,
};

export const flows: Record<string, { start: string; steps: Record<string, Step> }> = {
  house: {
    start: 'intake',
    steps: {
      intake: {
        rule: { hours: 'desk', minutes: 2 * HOUR, warnings: [30], escalations: [0, HOUR] },
        moves: { transfer: 'department_answer', solve: 'reply_customer' },
      },
      department_answer: {
        rule: department,
        moves: { answer: 'reply_customer', send_back: 'intake' },
      },
      reply_customer: {
        rule: { hours: 'desk', minutes: 4 * HOUR, warnings: [60], escalations: [0, 2 * HOUR] },
        moves: { replied: 'callback' },
      },
      callback: {
        rule: { hours: 'desk', minutes: 2 * DAY, warnings: [2 * HOUR], escalations: [0, 4 * HOUR] },
        moves: {
          confirmed: 'closed',
          not_solved: 'department_answer',
          not_solved_intake: 'intake',
        },
      },
      closed: { rule: null, moves: {} },
    },
  },
  complaint: {
    start: 'first_contact',
    steps: {
      first_contact: {
        rule: { hours: 'all', minutes: 30, warnings: [10], escalations: [0, HOUR] },
        moves: { contacted: 'solution' },
      },
      solution: {
        rule: { hours: 'desk', minutes: DAY, warnings: [2 * HOUR], escalations: [0, 4 * HOUR] },
        moves: { agreed: 'root_cause' },
      },
      root_cause: { rule: department, moves: { analysed: 'follow_up', send_back: 'solution' } },
      follow_up: {
        rule: { hours: 'all', minutes: 7 * 24 * HOUR, warnings: [24 * HOUR], escalations: [0] },
        moves: { confirmed: 'closed', not_solved: 'solution' },
      },
      closed: { rule: null, moves: {} },
    },
  },
};
