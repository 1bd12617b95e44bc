import { z } from 'zod';
import { FieldKind } from '../customers.ts';
import { Uuid, line, listOf, route } from '../route.ts';
import { FlowKey, Wording } from './flows.ts';

/** Names a state of settings. Who saves them says which one they saw, so that a colleague's change is not overwritten. */
const Revision = z.string().max(40);
const Seen = { seen: Revision.optional() };

/** What an order is about: technical, service quality, sales management, other; an administrator may change the list. */
export const CategoryView = z.object({
  id: Uuid,
  name: Wording,
  flowKey: FlowKey,
  /** Chosen when a department is not named. */
  departmentId: Uuid.nullable(),
  isComplaint: z.boolean(),
  position: z.int(),
  retired: z.boolean(),
});
export type CategoryView = z.output<typeof CategoryView>;
const CategoryList = listOf(CategoryView).extend({ revision: Revision });
export const listCategories = route({
  method: 'GET',
  path: '/api/order-categories',
  summary: 'Categories of orders',
  access: 'order.read',
  response: CategoryList,
});
export const saveCategories = route({
  method: 'PUT',
  path: '/api/order-categories',
  summary:
    'Set the categories; one that is left out is retired, as old orders name it. `seen` guards against overwriting a colleague',
  access: 'order.design',
  body: z.object({
    items: z
      .array(
        z.object({
          id: Uuid.optional(),
          name: Wording,
          flowKey: FlowKey,
          departmentId: Uuid.nullable().default(null),
          isComplaint: z.boolean().default(false),
        }),
      )
      .min(1)
      .max(50),
    ...Seen,
  }),
  response: CategoryList,
});
/** A question that this organisation's form asks beside the usual ones; its answers are in `OrderForm.fields`. */
export const OrderFieldDefinition = z.object({
  key: FlowKey,
  label: Wording,
  kind: FieldKind,
  choices: z.array(line(80)).max(100).default([]),
});
export type OrderFieldDefinition = z.output<typeof OrderFieldDefinition>;
export const OrderSettings = z.object({
  /** `{yyyy}`, `{mm}`, `{dd}` and a counter such as `{0000}` that begins anew each day, month or year it stands with. */
  numberPattern: z.string().trim().min(4).max(40).default('W{yyyy}{mm}{dd}-{0000}'),
  /** Days within which a customer's next contact on the matter is asked to be the same one. */
  repeatDays: z.int().min(1).max(90).default(7),
  /** Calls without an answer after which the way out of a callback is taken. */
  callbackTries: z.int().min(1).max(20).default(3),
  /** Working minutes between two tries. */
  callbackRetryMinutes: z.int().min(5).max(10_000).default(120),
  /** Callbacks that an agent may hold at once. */
  callbackQuota: z.int().min(1).max(500).default(30),
  /**
   * The way out of a callback that reached nobody: `close`: the order is closed as not reached, and its page tells the
   * customer how to speak up; `lead`: it stays, and its team gets the task to decide.
   */
  callbackWayOut: z.enum(['close', 'lead']).default('close'),
  /** Hours of the organisation for clocks whose owner has none; null: Monday to Friday 9–18. */
  hoursId: Uuid.nullable().default(null),
  /** Own fields of the form, in their order; values of one that is taken away stay on the orders that have them. */
  fields: z.array(OrderFieldDefinition).max(50).default([]),
});
export type OrderSettings = z.output<typeof OrderSettings>;
export const OrderSettingsView = OrderSettings.extend({ revision: Revision });
export type OrderSettingsView = z.output<typeof OrderSettingsView>;
export const getOrderSettings = route({
  method: 'GET',
  path: '/api/order-settings',
  summary: 'Numbers, windows and tries of orders',
  access: 'order.read',
  response: OrderSettingsView,
});
export const setOrderSettings = route({
  method: 'PUT',
  path: '/api/order-settings',
  summary:
    'Change numbers, windows and tries of orders; `seen` guards against overwriting a colleague',
  access: 'order.design',
  body: OrderSettings.extend(Seen),
  response: OrderSettingsView,
});

/** By which hours the clocks of a team or a department run; without one: its department's, then the organisation's. */
export const WorkCalendar = z.object({
  teamId: Uuid.nullable(),
  departmentId: Uuid.nullable(),
  hoursId: Uuid,
});
export type WorkCalendar = z.output<typeof WorkCalendar>;
const WorkCalendarList = listOf(WorkCalendar).extend({ revision: Revision });
export const listWorkCalendars = route({
  method: 'GET',
  path: '/api/work-calendars',
  summary: 'Hours by which the clocks of teams and departments run',
  access: 'order.read',
  response: WorkCalendarList,
});
export const setWorkCalendars = route({
  method: 'PUT',
  path: '/api/work-calendars',
  summary:
    'Set the hours of teams and departments; running clocks are reckoned anew. `seen` guards against overwriting a colleague',
  access: 'order.design',
  body: z.object({ items: z.array(WorkCalendar).max(2000), ...Seen }),
  response: WorkCalendarList,
});
