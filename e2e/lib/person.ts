import type { BrowserContextOptions } from 'playwright-core';
import { updateMe } from '../../contract/src/index.ts';
import { password } from './centre.ts';
import type { Account, Centre } from './centre.ts';
import { openBrowser } from './stage.ts';
import type { Language, Visit } from './stage.ts';

/** From now on the pages of this person speak this language. */
export async function setLanguage(
  centre: Centre,
  person: Account,
  locale: Language,
): Promise<void> {
  const client = await centre.as(person);
  await client.call(updateMe, { body: { preferences: { locale } } });
}

/** A browser in which this person is signed in already, reading one language. */
export async function openAs(
  centre: Centre,
  person: Account,
  { language, ...more }: { language: Language } & BrowserContextOptions,
): Promise<Visit> {
  await setLanguage(centre, person, language);
  const visit = await openBrowser(language, more);
  const { email } = person;
  const answer = await visit.context.request.post(`${centre.baseUrl}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin: centre.baseUrl },
  });
  if (!answer.ok()) throw new Error(`sign-in of ${email}: ${answer.status()}`);
  return visit;
}
