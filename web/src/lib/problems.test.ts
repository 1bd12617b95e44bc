import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import en from '../../locales/en/problems.json' with { type: 'json' };
import { ProblemError } from './api.ts';
import { faultsOf, fieldPath, problemText } from './problems.ts';

beforeAll(async () => {
  await i18next.init({ lng: 'en', resources: { en: { problems: en } } });
});

test('every kind of error has a text that says what to do', () => {
  expect(problemText(new ProblemError('team.name_taken', 409))).toContain('another one');
  expect(problemText(new ProblemError('sign_in.invalid_code', 401))).toContain('newest code');
  expect(problemText(new TypeError('inside'))).toBe(en.network.unexpected_answer);
});

test('paths of faults become names of form fields', () => {
  expect(fieldPath('body.week.0.1.from')).toEqual(['week', 0, 1, 'from']);
  expect(fieldPath('name')).toEqual(['name']);
  expect(fieldPath('body')).toEqual([]);
});

test('faults carry their numbers into the text', () => {
  const error = new ProblemError('request.invalid', 422, {
    faults: [
      { path: 'name', kind: 'too_big', params: { max: 80 } },
      { path: 'text', kind: 'never_heard_of' },
    ],
  });
  expect(faultsOf(error)).toEqual([
    { name: ['name'], errors: ['Too long or too large: at most 80.'] },
    { name: ['text'], errors: [en.faults.custom] },
  ]);
  expect(faultsOf(new Error('other'))).toEqual([]);
});
