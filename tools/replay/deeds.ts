import * as contract from '../../contract/src/index.ts';
import { Refused } from '../simulate/client.ts';
import type { Client } from '../simulate/client.ts';
import { Gone } from './centre.ts';
import type { Centre, Person } from './centre.ts';
import type { Deed, Life } from './plan.ts';

/** Where an order of the replay is: as its last answer told. */
export type Standing = { id: string; version: number; view: contract.OrderView };

const texts = (life: Life) => ({
  description: `${life.request.type}: ${life.request.descriptor} (${life.request.borough})`,
  customerName: `Caller ${life.request.key}`,
});

/** What a move needs on the form, beside what was given when the order was recorded. */
function fieldsFor(move: string, departmentId: string) {
  const note = `${move} by the replay`;
  if (move === 'transfer' || move === 'not_solved') return { departmentId };
  if (move === 'answer' || move === 'solve') return { result: note };
  if (move === 'send_back') return { review: note };
  if (move === 'contacted') return { receipt: note };
  const agreed = { solutionAgreed: note, apology: note, compensation: 'none', departmentId };
  if (move === 'agreed') return agreed;
  return move === 'analysed' ? { rootCause: 'known', result: note } : {};
}

async function record(client: Client, centre: Centre, life: Life): Promise<contract.OrderView> {
  const { request, flow } = life;
  return client.call(contract.createOrder, {
    body: {
      ...texts(life),
      subject: request.type,
      categoryId: centre.categories[flow],
      idempotencyKey: `request-${request.key}`,
    },
  });
}

/** The customer's word, through the page that needs no account. */
async function confirm(client: Client, id: string): Promise<contract.OrderView> {
  const params = { id };
  const { url } = await client.call(contract.linkOrderPortal, { params });
  const token = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
  const body = { deed: 'confirm' as const };
  await client.call(contract.writeOrderPortal, { params: { token }, body });
  return client.call(contract.getOrder, { params });
}

async function perform(
  client: Client,
  { deed, departmentId, standing }: { deed: Deed; departmentId: string; standing: Standing },
): Promise<contract.OrderView> {
  const params = { id: standing.id };
  const { version } = standing;
  const what = deed.do;
  switch (what.kind) {
    case 'take':
      return client.call(contract.takeOrder, { params, body: { version } });
    case 'pause':
      return client.call(contract.pauseOrder, { params, body: { version, reason: 'customer' } });
    case 'resume':
      return client.call(contract.resumeOrder, { params, body: { version } });
    case 'confirm':
      return confirm(client, standing.id);
    case 'move': {
      const fields = fieldsFor(what.move, departmentId);
      return client.call(contract.moveOrder, {
        params,
        body: { version, move: what.move, ...fields },
      });
    }
    default:
      throw new Error(`${what.kind} is no deed on an order`);
  }
}

const kinds = {
  create: 'created',
  take: 'taken',
  pause: 'paused',
  resume: 'resumed',
  confirm: 'moved',
  move: 'moved',
} as const;

/** Refusals that the repetition of a deed gets which had gone through before its answer was lost. */
const repeated = ['order.changed_meanwhile', 'order.closed', 'order.move_not_allowed'];

/** A deed repeated after a lost answer is refused: then the order must show that it was done, once. */
async function orDone(client: Client, before: Standing, deed: Deed): Promise<contract.OrderView> {
  const view = await client.call(contract.getOrder, { params: { id: before.id } });
  const added = view.lines.slice(before.view.lines.length).map(({ kind }) => kind);
  if (view.version === before.version + 1 && added.includes(kinds[deed.do.kind])) return view;
  throw new Error(`${view.number}: ${deed.do.kind} was lost, ${JSON.stringify(added)} instead`);
}

const personOf = (centre: Centre, life: Life, by: Deed['by']): Person | undefined => {
  const team = by === 'handler' ? centre.departments.get(life.department)?.handlers : centre.agents;
  return team?.[life.person % team.length];
};

type Doing = { life: Life; deed: Deed; standing: Standing | null };

/** Does what the plan says through one of the processes, as the person whose part it is. */
async function doThrough(
  client: Client,
  centre: Centre,
  { life, deed, standing }: Doing,
): Promise<Standing> {
  const departmentId = centre.departments.get(life.department)?.id ?? '';
  const view = await (async () => {
    if (standing === null) return record(client, centre, life);
    try {
      return await perform(client, { deed, departmentId, standing });
    } catch (error) {
      if (!(error instanceof Refused) || !repeated.includes(error.code)) throw error;
      return orDone(client, standing, deed);
    }
  })();
  return { id: view.id, version: view.version, view };
}

/** Does what the plan says, through another process when one is killed meanwhile. */
export async function doDeed(centre: Centre, doing: Doing): Promise<Standing> {
  const person = personOf(centre, doing.life, doing.deed.by);
  if (!person) throw new Error(`nobody works in ${doing.life.department}`);
  for (;;) {
    const url = centre.urls[Math.floor(Math.random() * centre.urls.length)] ?? '';
    try {
      return await doThrough(person.at(url), centre, doing);
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
    }
  }
}
