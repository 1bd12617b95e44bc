import * as contract from '../../contract/src/index.ts';
import { Client } from '../simulate/client.ts';

/** A person of the centre, reached through any process of the installation. */
export type Person = { id: string; at(url: string): Client };
export type Hours = Pick<contract.HoursView, 'timeZone' | 'week' | 'specialDays'>;
export type Calendars = { organisation: Hours; desk: Hours } & Record<string, Hours>;

/** A process that was killed: others of the installation may answer. */
export class Gone extends Error {}

/** Who works where; departments by their name in the file. */
export type Centre = {
  /** Of the processes that answer now. */
  urls: string[];
  admin: Person;
  agents: Person[];
  lead: Person;
  departments: Map<string, { id: string; handlers: Person[] }>;
  categories: Record<'house' | 'complaint', string>;
};

/** How many agents the desk has and how many handlers each department. */
export type Staff = { agents: number; handlers: number };
const usualStaff: Staff = { agents: 4, handlers: 2 };

const PASSWORD = 'replay-2015-yingda';
const ADMIN = { email: 'admin@replay.yingda.local', password: PASSWORD };

async function signedIn(urls: string[], email: string): Promise<Person> {
  const [url = ''] = urls;
  const at = (other: string): Client =>
    new Client(other, () => {
      if (!urls.includes(other)) throw new Gone(other);
    });
  const client = at(url);
  await client.signIn(email, PASSWORD);
  const { id } = await client.call(contract.getMe);
  const clients = new Map([[url, client]]);
  return {
    id,
    at(other) {
      const known = clients.get(other) ?? at(other);
      clients.set(other, known);
      Object.assign(known.headers, { cookie: client.headers['cookie'], origin: other });
      return known;
    },
  };
}

type Newcomer = { name: string; role: contract.BuiltInRole; teamId: string };

/** Invites people through the product's own interface, and signs them in. */
function hiring(urls: string[], admin: Client, roles: contract.RoleView[]) {
  return async ({ name, role, teamId }: Newcomer): Promise<Person> => {
    const email = `${name}@replay.yingda.local`;
    const roleId = roles.find(({ builtIn }) => builtIn === role)?.id ?? '';
    const body = { email, name, teamIds: [teamId], grants: [{ roleId, teamId }] };
    const invited = await admin.call(contract.invitePerson, { body });
    const token = decodeURIComponent(new URL(invited.url).pathname.split('/').at(-1) ?? '');
    await new Client(admin.baseUrl).call(contract.acceptInvitation, {
      params: { token },
      body: { name, password: PASSWORD, locale: 'en' },
    });
    return signedIn(urls, email);
  };
}

async function found(urls: string[], timeZone: string): Promise<Person> {
  const [url = ''] = urls;
  const body = { organisationName: '311', name: 'Admin', locale: 'en' as const, timeZone };
  await new Client(url).call(contract.setUp, { body: { ...body, ...ADMIN } });
  return signedIn(urls, ADMIN.email);
}

/** Some departments have hours of their own, in some it is their team that has; who has none works by the organisation's. */
async function setHours(
  admin: Client,
  calendars: Calendars,
  places: Map<string, contract.WorkCalendar>,
): Promise<void> {
  const items: contract.WorkCalendar[] = [];
  for (const [name, hours] of Object.entries(calendars)) {
    const { id } = await admin.call(contract.createHours, { body: { name, ...hours } });
    if (name === 'organisation') {
      const settings = await admin.call(contract.getOrderSettings);
      await admin.call(contract.setOrderSettings, { body: { ...settings, hoursId: id } });
    }
    const place = places.get(name);
    if (place) items.push({ ...place, hoursId: id });
  }
  await admin.call(contract.setWorkCalendars, { body: { items } });
}

/** Founds a desk and departments in a new installation: agents, handlers, a lead, and hours that differ. */
export async function foundCentre(
  urls: string[],
  {
    departments: names,
    calendars,
    staff = usualStaff,
  }: { departments: string[]; calendars: Calendars; staff?: Staff | undefined },
): Promise<Centre> {
  const [url = ''] = urls;
  const person = await found(urls, calendars.organisation.timeZone);
  const admin = person.at(url);
  const hire = hiring(urls, admin, (await admin.call(contract.listRoles)).items);
  const desk = await admin.call(contract.createTeam, { body: { name: 'desk' } });
  const places = new Map<string, contract.WorkCalendar>();
  places.set('desk', { teamId: desk.id, departmentId: null, hoursId: '' });
  const people = (role: 'agent' | 'handler', count: number, team: { id: string; name: string }) =>
    Promise.all(
      Array.from({ length: count }, (_, at) =>
        hire({ name: `${role}${at}.${team.name.replaceAll(' ', '-')}`, role, teamId: team.id }),
      ),
    );
  const departments: Centre['departments'] = new Map();
  for (const [at, name] of names.entries()) {
    const { id } = await admin.call(contract.createDepartment, { body: { name } });
    const team = await admin.call(contract.createTeam, { body: { name, departmentId: id } });
    const byTeam = { teamId: team.id, departmentId: null, hoursId: '' };
    const byDepartment = { teamId: null, departmentId: id, hoursId: '' };
    places.set(name, at % 2 === 0 ? byDepartment : byTeam);
    departments.set(name, { id, handlers: await people('handler', staff.handlers, team) });
  }
  await setHours(admin, calendars, places);
  const { items } = await admin.call(contract.listCategories);
  const categoryOf = (isComplaint: boolean): string =>
    items.find((one) => one.isComplaint === isComplaint)?.id ?? '';
  return {
    urls,
    admin: person,
    agents: await people('agent', staff.agents, desk),
    lead: await hire({ name: 'lead', role: 'supervisor', teamId: desk.id }),
    departments,
    categories: { house: categoryOf(false), complaint: categoryOf(true) },
  };
}
