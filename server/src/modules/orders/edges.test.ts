import {
  commentOrder,
  createDepartment,
  createTeam,
  deleteTeam,
  getCallback,
  listCallbacks,
  moveOrder,
  reportCallback,
  takeOrder,
  updateOrder,
  voteOrder,
} from '@yingda/contract';
import type { SentOf } from '@yingda/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { newQueue } from '../routing/testing.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';
import { categoryOn, flowWithApproval } from './testing/flows.ts';

/** What is refused, and what comes of two who do something at once: always one clear answer, and nothing lost. */

let app: TestApp;
let centre: Centre;
let colleague: Caller;
beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
  colleague = await app.newPerson({ role: 'agent', teamId: centre.deskId });
});

type Move = SentOf<typeof moveOrder, 'body'>;
const attempt = (id: string, as: Caller, body: Move) =>
  app.request(moveOrder, as, { params: { id }, body });
const codes = (answers: { status: number; problem: { code: string } }[]): string[] =>
  answers.flatMap(({ status, problem }) => (status === 200 ? [] : [problem.code]));

describe('illegal moves', () => {
  test('from no step anybody goes where the flow does not lead them', async () => {
    const { agent, handler, lead, manager, departmentId } = centre;
    const { teamId } = await newQueue(app.ctx);
    const outsider = await app.newPerson({ role: 'supervisor', teamId });
    const people = { agent, colleague, handler, lead, manager, outsider };
    const { id, definition } = await centre.record({ departmentId });
    const keys = definition.steps.flatMap(({ moves }) => moves.map(({ key }) => key));
    const holders = ['agent', 'colleague', 'manager'];
    const department = ['handler', 'lead', 'manager'];
    const refusalOf = (stepKey: string, key: string, name: string): string | null => {
      const step = definition.steps.find((one) => one.key === stepKey);
      if (name === 'outsider') return 'order.not_found';
      if (step?.kind === 'end') return 'order.closed';
      if (!step?.moves.some((move) => move.key === key)) return 'order.move_not_allowed';
      const mayMove = stepKey === 'department_answer' ? department : holders;
      return mayMove.includes(name) ? null : 'order.not_yours';
    };
    const tryAll = async (): Promise<void> => {
      const before = await centre.read(id);
      for (const move of [...new Set(keys), 'approved', 'nothing']) {
        for (const [name, as] of Object.entries(people)) {
          const expected = refusalOf(before.stepKey, move, name);
          if (expected === null) continue;
          const { problem } = await attempt(id, as, { version: before.version, move });
          expect([before.stepKey, move, name, problem.code]).toEqual([
            before.stepKey,
            move,
            name,
            expected,
          ]);
        }
      }
      expect(await centre.read(id)).toEqual({ ...before, visits: expect.anything() });
    };
    const way: [Caller, Omit<Move, 'version'>][] = [
      [agent, { move: 'transfer' }],
      [handler, { move: 'answer', result: '换件' }],
      [agent, { move: 'replied' }],
      [agent, { move: 'confirmed' }],
    ];
    for (const [as, move] of way) {
      await tryAll();
      await centre.move(id, as, move);
    }
    await tryAll();
  });

  test('a step that only votes decide is left by no move', async () => {
    const definition = flowWithApproval('one', [centre.lead.userId]);
    const categoryId = await categoryOn(centre, 'votes_only', definition);
    const { id } = await centre.record({ categoryId });
    const { version } = await centre.move(id, centre.agent, { move: 'submit' });
    for (const as of [centre.agent, centre.lead, centre.manager]) {
      const { problem } = await attempt(id, as, { version, move: 'approved' });
      expect(problem.code).toBe('order.move_not_allowed');
    }
  });
});

describe('missing fields', () => {
  test.each([
    ['description', { description: ' \n' }, { description: '有异响' }],
    ['customer', { customerName: undefined }, null],
    ['department', { departmentId: null }, 'department'],
  ] as const)(
    'a transfer without %s is refused, and goes with it',
    async (field, lacking, given) => {
      const { agent, departmentId } = centre;
      const order = await centre.record({ departmentId, ...lacking });
      const { id, version } = order;
      expect(order.moves.find(({ key }) => key === 'transfer')?.missing).toEqual([field]);
      const refused = await attempt(id, agent, { version, move: 'transfer' });
      expect(refused.problem).toMatchObject({
        code: 'order.fields_missing',
        status: 422,
        params: { fields: field },
        faults: [{ path: field, kind: 'required' }],
      });
      const blank = await attempt(id, agent, { version, move: 'transfer', plan: '先看看' });
      expect(blank.status).toBe(422);
      // What came with a refused move is not kept.
      expect((await centre.read(id)).form.plan).toBe('');
      if (given === null) return;
      const filled = given === 'department' ? { departmentId } : given;
      expect((await attempt(id, agent, { version, move: 'transfer', ...filled })).status).toBe(200);
    },
  );

  test('a department whose team is gone takes no orders, and says so', async () => {
    const { admin, agent } = centre;
    const name = `临时部门 ${Date.now()}`;
    const { body: department } = await app.request(createDepartment, admin, { body: { name } });
    const { body: team } = await app.request(createTeam, admin, {
      body: { name, departmentId: department.id },
    });
    const { id, version } = await centre.record({ departmentId: department.id });
    const gone = await app.request(deleteTeam, admin, { params: { id: team.id } });
    expect(gone.status).toBe(204);
    const lost = await attempt(id, agent, { version, move: 'transfer' });
    expect(lost.problem.code).toBe('order.department_without_team');
    const { departmentId } = centre;
    const found = await attempt(id, agent, { version, move: 'transfer', departmentId });
    expect(found.body).toMatchObject({ stepKey: 'department_answer' });
  });
});

describe('two at once', () => {
  test('who saves after a colleague is told so, sees their change, and then loses nothing', async () => {
    const { agent } = centre;
    const { id, version } = await centre.record();
    const save = (as: Caller, body: object, seen = version) =>
      app.request(updateOrder, as, { params: { id }, body: { version: seen, ...body } });
    const answers = await Promise.all([
      save(agent, { plan: '换轴承' }),
      save(colleague, { address: '一号车间' }),
    ]);
    expect(codes(answers)).toEqual(['order.changed_meanwhile']);
    const { form, version: now } = await centre.read(id);
    expect([form.plan, form.address].filter((text) => text !== '')).toHaveLength(1);
    const isAgentRefused = answers[0]?.status !== 200;
    const again = isAgentRefused ? { plan: '换轴承' } : { address: '一号车间' };
    await save(isAgentRefused ? agent : colleague, again, now);
    expect((await centre.read(id)).form).toMatchObject({ plan: '换轴承', address: '一号车间' });
  });

  test('of one who saves and one who moves on the second is refused', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, version } = await centre.record({ departmentId: centre.departmentId });
      const answers = await Promise.all([
        attempt(id, centre.agent, { version, move: 'transfer' }),
        app.request(updateOrder, colleague, { params: { id }, body: { version, plan: '查' } }),
      ]);
      expect(codes(answers)).toEqual(['order.changed_meanwhile']);
      expect((await centre.read(id)).version).toBe(version + 1);
    }
  });

  test('of two who take an order one has it', async () => {
    const { agent, handler, lead, departmentId } = centre;
    const { id } = await centre.record({ departmentId });
    const { version } = await centre.move(id, agent, { move: 'transfer' });
    const answers = await Promise.all(
      [handler, lead].map((as) =>
        app.request(takeOrder, as, { params: { id }, body: { version } }),
      ),
    );
    expect(codes(answers)).toEqual(['order.changed_meanwhile']);
    const winner = answers[0]?.status === 200 ? handler : lead;
    expect((await centre.read(id)).ownerId).toBe(winner.userId);
  });

  test('of two votes that each would decide one does', async () => {
    const { agent, handler, lead } = centre;
    const definition = flowWithApproval('one', [lead.userId, handler.userId]);
    const categoryId = await categoryOn(centre, 'either', definition);
    const { id } = await centre.record({ categoryId });
    const { version } = await centre.move(id, agent, { move: 'submit' });
    const answers = await Promise.all(
      [lead, handler].map((as) =>
        app.request(voteOrder, as, { params: { id }, body: { version, approve: true } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const order = await centre.read(id);
    expect(order.lines.filter(({ kind }) => kind === 'approved')).toHaveLength(1);
    expect(order.status).toBe('closed');
  });

  test("comments are nobody's conflict", async () => {
    const { agent } = centre;
    const { id, version } = await centre.record();
    const answers = await Promise.all([
      app.request(updateOrder, agent, { params: { id }, body: { version, plan: '查' } }),
      ...['甲', '乙', '丙'].map((text) =>
        app.request(commentOrder, colleague, { params: { id }, body: { text } }),
      ),
    ]);
    expect(codes(answers)).toEqual([]);
    const { lines } = await centre.read(id);
    const texts = lines.filter(({ kind }) => kind === 'commented').map(({ text }) => text);
    expect(texts.toSorted()).toEqual(['丙', '乙', '甲'].toSorted());
  });

  test('a call reported while a colleague confirms by hand closes the order once', async () => {
    const { agent, departmentId } = centre;
    for (let round = 0; round < 5; round++) {
      const { id } = await centre.record({ departmentId });
      await centre.move(id, agent, { move: 'solve', result: '已处理' });
      const { version } = await centre.move(id, agent, { move: 'replied' });
      const { body } = await app.request(listCallbacks, agent, { query: { orderId: id } });
      const call = { params: { id: body.items[0]?.id ?? '' } };
      const answers = await Promise.all([
        attempt(id, agent, { version, move: 'confirmed' }),
        app.request(reportCallback, colleague, {
          ...call,
          body: { version: 1, result: round % 2 === 0 ? 'solved' : 'not_solved', note: '还是响' },
        }),
      ]);
      const [refused] = codes(answers);
      expect(codes(answers)).toHaveLength(1);
      expect(['order.changed_meanwhile', 'callback.done']).toContain(refused);
      const order = await centre.read(id);
      const isByHand = refused === 'callback.done';
      expect(order.status).toBe(isByHand || round % 2 === 0 ? 'closed' : 'open');
      expect(order.reopened).toBe(order.status === 'closed' ? 0 : 1);
      expect((await app.request(getCallback, agent, call)).body.state).toBe('done');
      const ends = order.lines.filter(({ data }) => data['from'] === 'callback');
      expect(ends).toHaveLength(1);
    }
  });
});
