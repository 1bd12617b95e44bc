import { z } from 'zod';
import { freeText, IdParams, line, listOf, route, Uuid } from '../route.ts';
import { ActionReport, Actions } from './actions.ts';
import { AutomationSubject } from './rules.ts';

/** Several actions that a person does with one press, with their own rights. */
export const MacroInput = z.object({
  name: line(120),
  note: freeText(1000).default(''),
  subject: AutomationSubject,
  actions: Actions,
  /** Null: for everybody. */
  teamId: Uuid.nullable().default(null),
});
export type MacroInput = z.output<typeof MacroInput>;
export const MacroView = MacroInput.extend({ id: Uuid, version: z.int(), uses: z.int() });
export type MacroView = z.output<typeof MacroView>;
export const listMacros = route({
  method: 'GET',
  path: '/api/macros',
  summary: 'Macros that I may use',
  access: 'user',
  query: z.object({ subject: AutomationSubject.optional() }),
  response: listOf(MacroView),
});
export const createMacro = route({
  method: 'POST',
  path: '/api/macros',
  summary: 'Create a macro',
  access: 'automation.manage',
  body: MacroInput,
  response: MacroView,
  status: 201,
});
export const updateMacro = route({
  method: 'PUT',
  path: '/api/macros/:id',
  summary: 'Change a macro; `version` guards against overwriting a colleague',
  access: 'automation.manage',
  params: IdParams,
  body: MacroInput.extend({ version: z.int() }),
  response: MacroView,
});
export const deleteMacro = route({
  method: 'DELETE',
  path: '/api/macros/:id',
  summary: 'Delete a macro',
  access: 'automation.manage',
  params: IdParams,
});
export const runMacro = route({
  method: 'POST',
  path: '/api/macros/:id/run',
  summary:
    'Do what a macro says with an order or a conversation: all of it or, when one fails, nothing',
  access: 'user',
  params: IdParams,
  body: z.object({ subjectId: Uuid }),
  response: z.object({ actions: z.array(ActionReport) }),
});
