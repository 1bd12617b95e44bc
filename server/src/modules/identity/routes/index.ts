import type { Http } from '../../../platform/http/handle.ts';
import { mountOwn } from './own.ts';
import { mountPeople } from './people.ts';
import { mountSettings } from './settings.ts';
import { mountSignIn } from './sign-in.ts';

export function mountRoutes(http: Http): void {
  mountSignIn(http);
  mountOwn(http);
  mountPeople(http);
  mountSettings(http);
}
