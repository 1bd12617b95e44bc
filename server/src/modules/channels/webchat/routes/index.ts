import type { Http } from '../../../../platform/http/handle.ts';
import { mountPages } from './pages.ts';
import { mountVisitors } from './visitors.ts';
import { mountWidgets } from './widgets.ts';

export function mountRoutes(http: Http): void {
  mountWidgets(http);
  mountVisitors(http);
  mountPages(http);
}
