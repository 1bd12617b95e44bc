import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { getSetup } from '@yingda/contract';
import { call, isProblem } from '../lib/api.ts';
import { loadTexts } from '../lib/i18n.ts';
import { meQuery, rightsOf } from '../lib/me.ts';
import { queryClient } from '../lib/query.ts';
import { maySeeSettings, settingsPlacesFor } from '../features/settings/places.ts';
import type { SettingsPlace } from '../features/settings/places.ts';
import { callbackSearch } from '../features/callbacks/model/search.ts';
import { ordersSearch } from '../features/orders/model/search.ts';
import {
  periodSearchOf,
  reportSearch,
  standardsSearch,
  wallSearch,
} from '../features/kpi/model/search.ts';
import { complaintSearch, registerSearch } from '../features/registers/model/search.ts';
import { Bones } from '../ui/states.tsx';
import { Frame } from './frame.tsx';
import { Broken, NotFound, Root } from './root.tsx';

const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: Broken,
});

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** Only addresses of this product: anything else would let a link lead to a foreign page after sign-in. */
function ownAddress(value: unknown): string | undefined {
  const given = text(value);
  return given && /^\/(?![/\\])/.test(given) ? given : undefined;
}

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  beforeLoad: async () => {
    const { needed } = await call(getSetup);
    if (!needed) throw redirect({ to: '/sign-in' });
  },
  loader: () => loadTexts('entrance'),
  component: lazyRouteComponent(() => import('../features/entrance/setup-page.tsx'), 'SetupPage'),
});
const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search): { then?: string | undefined; error?: string | undefined } => ({
    then: ownAddress(search.then),
    error: text(search.error),
  }),
  loader: () => loadTexts('entrance'),
  component: lazyRouteComponent(
    () => import('../features/entrance/sign-in-page.tsx'),
    'SignInPage',
  ),
});
const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invite/$token',
  loader: () => loadTexts('entrance'),
  component: lazyRouteComponent(() => import('../features/entrance/invite-page.tsx'), 'InvitePage'),
});
const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password',
  validateSearch: (search): { token?: string | undefined; error?: string | undefined } => ({
    token: text(search.token),
    error: text(search.error),
  }),
  loader: () => loadTexts('entrance'),
  component: lazyRouteComponent(() => import('../features/entrance/reset-page.tsx'), 'ResetPage'),
});

/** Everything behind it needs somebody signed in. */
const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  beforeLoad: async ({ location }) => {
    try {
      return { me: await queryClient.ensureQueryData(meQuery) };
    } catch (error) {
      if (isProblem(error, 'auth.setup_needed')) throw redirect({ to: '/setup' });
      if (!isProblem(error, 'auth.signed_out')) throw error;
      const { needed } = await call(getSetup);
      if (needed) throw redirect({ to: '/setup' });
      const then = location.href === '/' ? undefined : location.href;
      throw redirect({ to: '/sign-in', search: { then } });
    }
  },
  component: Frame,
});
const homeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/',
  beforeLoad: ({ context: { me } }) => {
    const rights = rightsOf(me.rights);
    // Who takes no conversations, as people of the departments, begins where their work is.
    const isOfDepartment = rights.may('order.read') && !rights.may('routing.work');
    if (isOfDepartment && !rights.may('kpi.read')) throw redirect({ to: '/orders' });
    if (rights.may('conversation.read')) throw redirect({ to: '/desk' });
    if (rights.may('order.read')) throw redirect({ to: '/orders' });
    if (rights.may('kpi.read')) throw redirect({ to: '/standards' });
    if (maySeeSettings(rights)) throw redirect({ to: '/settings' });
    throw redirect({ to: '/profile' });
  },
});

/** What the address of the desk says besides the conversation that is open. */
export interface DeskSearch {
  view?: string | undefined;
  teamId?: string | undefined;
  /** Message to scroll to. */
  seq?: number | undefined;
}
const deskRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/desk',
  validateSearch: (search): DeskSearch => ({
    view: text(search.view),
    teamId: text(search.teamId),
    seq: typeof search.seq === 'number' ? search.seq : undefined,
  }),
  loader: () => loadTexts('desk', 'marks'),
  component: lazyRouteComponent(() => import('./desk.tsx'), 'DeskPage'),
});
// No component of its own: the desk stays as it is while conversations change.
const conversationRoute = createRoute({ getParentRoute: () => deskRoute, path: '$conversationId' });

const customersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/customers',
  validateSearch: (search): { q?: string | undefined; tag?: string | undefined } => ({
    q: text(search.q),
    tag: text(search.tag),
  }),
  loader: () => loadTexts('customers', 'marks'),
  component: lazyRouteComponent(() => import('../features/customers/index.tsx'), 'CustomersPage'),
});
const customerRoute = createRoute({ getParentRoute: () => customersRoute, path: '$customerId' });

const ordersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/orders',
  validateSearch: ordersSearch,
  loader: () => loadTexts('orders', 'marks'),
  component: lazyRouteComponent(() => import('./orders.tsx'), 'OrdersPage'),
});
const orderRoute = createRoute({ getParentRoute: () => ordersRoute, path: '$orderId' });
const callbacksRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/callbacks',
  validateSearch: callbackSearch,
  loader: () => loadTexts('callbacks', 'orders'),
  component: lazyRouteComponent(() => import('./callbacks.tsx'), 'CallbacksPage'),
});
const callbackRoute = createRoute({ getParentRoute: () => callbacksRoute, path: '$callbackId' });

const standardsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/standards',
  validateSearch: standardsSearch,
  loader: () => loadTexts('kpi', 'standards', 'marks', 'reports'),
  component: lazyRouteComponent(() => import('./standards.tsx'), 'StandardsPage'),
});
const reportRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/standards/report',
  validateSearch: reportSearch,
  loader: () => loadTexts('kpi', 'standards', 'marks', 'reports'),
  component: lazyRouteComponent(() => import('./report.tsx'), 'ReportPage'),
});
const wallRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/wall',
  validateSearch: wallSearch,
  loader: () => loadTexts('kpi'),
  component: lazyRouteComponent(() => import('../features/kpi/wall/wall-page.tsx'), 'WallPage'),
});

const registersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/registers',
  validateSearch: periodSearchOf,
  beforeLoad: ({ location }) => {
    if (!/^\/registers\/?$/.test(location.pathname)) return;
    throw redirect({ to: '/registers/$register', params: { register: 'problems' } });
  },
  loader: () => loadTexts('registers', 'register-texts', 'kpi'),
  component: lazyRouteComponent(
    () => import('../features/registers/layout.tsx'),
    'RegistersLayout',
  ),
});
const registerRoute = createRoute({
  getParentRoute: () => registersRoute,
  path: '$register',
  validateSearch: registerSearch,
  component: lazyRouteComponent(() => import('./registers.tsx'), 'RegisterPage'),
});
const complaintsRoute = createRoute({
  getParentRoute: () => registersRoute,
  path: 'complaints',
  validateSearch: complaintSearch,
  component: lazyRouteComponent(() => import('./registers.tsx'), 'ComplaintsPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings',
  beforeLoad: ({ context: { me }, location }) => {
    if (!/^\/settings\/?$/.test(location.pathname)) return;
    const first = settingsPlacesFor(rightsOf(me.rights))[0];
    throw redirect({ to: first ? `/settings/${first.id}` : '/profile' });
  },
  loader: () => loadTexts('settings'),
  component: lazyRouteComponent(() => import('../features/settings/layout.tsx'), 'SettingsLayout'),
});

type Page = ReturnType<typeof lazyRouteComponent>;
const settingsPages: Record<SettingsPlace['id'], Page> = {
  organisation: lazyRouteComponent(
    () => import('../features/settings/organisation/page.tsx'),
    'OrganisationPage',
  ),
  people: lazyRouteComponent(() => import('../features/settings/people/page.tsx'), 'PeoplePage'),
  teams: lazyRouteComponent(() => import('../features/settings/teams/page.tsx'), 'TeamsPage'),
  roles: lazyRouteComponent(() => import('../features/settings/roles/page.tsx'), 'RolesPage'),
  queues: lazyRouteComponent(() => import('../features/settings/queues/page.tsx'), 'QueuesPage'),
  hours: lazyRouteComponent(() => import('../features/settings/hours/page.tsx'), 'HoursPage'),
  widgets: lazyRouteComponent(() => import('../features/settings/widgets/page.tsx'), 'WidgetsPage'),
  canned: lazyRouteComponent(() => import('../features/settings/canned/page.tsx'), 'CannedPage'),
  fields: lazyRouteComponent(() => import('../features/settings/fields/page.tsx'), 'FieldsPage'),
  flows: lazyRouteComponent(() => import('../features/flows/index.tsx'), 'FlowsPage'),
  categories: lazyRouteComponent(
    () => import('../features/flows/settings/categories-page.tsx'),
    'CategoriesPage',
  ),
  'order-fields': lazyRouteComponent(
    () => import('../features/flows/settings/form-fields-page.tsx'),
    'FormFieldsPage',
  ),
  calendars: lazyRouteComponent(
    () => import('../features/flows/settings/calendars-page.tsx'),
    'CalendarsPage',
  ),
  orders: lazyRouteComponent(
    () => import('../features/flows/settings/orders-page.tsx'),
    'OrderSettingsPage',
  ),
  targets: lazyRouteComponent(() => import('../features/settings/targets/page.tsx'), 'TargetsPage'),
  counting: lazyRouteComponent(
    () => import('../features/settings/counting/page.tsx'),
    'CountingPage',
  ),
  figures: lazyRouteComponent(() => import('../features/settings/figures/page.tsx'), 'FiguresPage'),
  reports: lazyRouteComponent(
    () => import('../features/reports/schedules-page.tsx'),
    'SchedulesPage',
  ),
  imports: lazyRouteComponent(() => import('../features/imports/page.tsx'), 'ImportsPage'),
  automations: lazyRouteComponent(
    () => import('../features/automations/page.tsx'),
    'AutomationsPage',
  ),
  keys: lazyRouteComponent(() => import('../features/settings/keys/page.tsx'), 'KeysPage'),
  webhooks: lazyRouteComponent(() => import('../features/webhooks/page.tsx'), 'WebhooksPage'),
  audit: lazyRouteComponent(() => import('../features/settings/audit/page.tsx'), 'AuditPage'),
};
/** Catalogues of pages whose texts are not those of the settings. */
const settingsTexts: Partial<Record<SettingsPlace['id'], string[]>> = {
  flows: ['flows'],
  categories: ['order-settings'],
  'order-fields': ['order-settings'],
  calendars: ['order-settings'],
  orders: ['order-settings'],
  targets: ['measures', 'standards'],
  counting: ['measures'],
  figures: ['measures'],
  reports: ['reports'],
  imports: ['imports', 'import-texts', 'marks'],
  automations: ['automations', 'marks'],
  webhooks: ['webhooks', 'automations'],
};
const settingsPageRoutes = (Object.keys(settingsPages) as SettingsPlace['id'][]).map((id) => {
  const page = createRoute({
    getParentRoute: () => settingsRoute,
    path: id,
    loader: () => loadTexts(...(settingsTexts[id] ?? [])),
    component: settingsPages[id],
  });
  // One of them, or a new one: the page stays, what it shows changes.
  if (id === 'imports') {
    return page.addChildren([createRoute({ getParentRoute: () => page, path: '$importId' })]);
  }
  if (id === 'automations') {
    return page.addChildren([createRoute({ getParentRoute: () => page, path: '$automationId' })]);
  }
  if (id === 'webhooks') {
    return page.addChildren([createRoute({ getParentRoute: () => page, path: '$webhookId' })]);
  }
  return id === 'flows'
    ? page.addChildren([createRoute({ getParentRoute: () => page, path: '$flowKey' })])
    : page;
});

const profileRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/profile',
  loader: () => loadTexts('profile'),
  component: lazyRouteComponent(() => import('../features/profile/page.tsx'), 'ProfilePage'),
});

const routeTree = rootRoute.addChildren([
  setupRoute,
  signInRoute,
  inviteRoute,
  resetRoute,
  frameRoute.addChildren([
    homeRoute,
    deskRoute.addChildren([conversationRoute]),
    ordersRoute.addChildren([orderRoute]),
    callbacksRoute.addChildren([callbackRoute]),
    customersRoute.addChildren([customerRoute]),
    registersRoute.addChildren([registerRoute, complaintsRoute]),
    standardsRoute,
    reportRoute,
    wallRoute,
    settingsRoute.addChildren(settingsPageRoutes),
    profileRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingComponent: Bones,
  defaultPendingMs: 150,
  defaultErrorComponent: Broken,
  scrollRestoration: true,
  scrollToTopSelectors: ['#content'],
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
