import { expect, test } from 'vitest';
import { createDrafts, emptyDraft, type StoredDraft } from './drafts.ts';
import { anId } from './testing.ts';

const id = anId(1);

function bench() {
  const saves: StoredDraft[] = [];
  let answer: () => Promise<void> = () => Promise.resolve();
  let timer: (() => void) | null = null;
  const drafts = createDrafts({
    save: (_, stored) => {
      saves.push(stored);
      return answer();
    },
    later: (work) => {
      timer = work;
      return () => {
        if (timer === work) timer = null;
      };
    },
  });
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 10; i++) await Promise.resolve();
  };
  return {
    drafts,
    saves,
    settle,
    pause: () => timer?.(),
    answerWith: (next: () => Promise<void>) => (answer = next),
  };
}

const writes = (text: string) => ({ ...emptyDraft, message: text });

test('a draft is saved once after a pause, with its newest text', async () => {
  const b = bench();
  b.drafts.change(id, writes('h'));
  b.drafts.change(id, writes('hello'));
  b.pause();
  await b.settle();
  expect(b.saves).toEqual([{ kind: 'message', text: 'hello' }]);
});

test('what is typed while a save runs is saved after it, never beside it', async () => {
  const b = bench();
  let finish = (): void => undefined;
  b.answerWith(() => new Promise((resolve) => (finish = resolve)));
  b.drafts.change(id, writes('a'));
  b.pause();
  b.drafts.change(id, writes('ab'));
  b.pause();
  expect(b.saves).toHaveLength(1);
  finish();
  await b.settle();
  b.pause();
  expect(b.saves.map((s) => s.text)).toEqual(['a', 'ab']);
});

test('a failed save is tried again', async () => {
  const b = bench();
  b.answerWith(() => Promise.reject(new Error('offline')));
  b.drafts.change(id, writes('a'));
  b.pause();
  await b.settle();
  b.answerWith(() => Promise.resolve());
  b.pause();
  await b.settle();
  expect(b.saves.map((s) => s.text)).toEqual(['a', 'a']);
});

test('the draft of the server is shown on return, but never over unsaved typing', () => {
  const b = bench();
  expect(b.drafts.restore(id, { kind: 'note', text: 'from elsewhere' }, 0)).toEqual({
    kind: 'note',
    message: '',
    note: 'from elsewhere',
  });
  b.drafts.change(id, writes('mine'));
  expect(b.drafts.restore(id, { kind: 'message', text: 'theirs' }, 1).message).toBe('mine');
});

test('a note never becomes the text for the customer', () => {
  const b = bench();
  b.drafts.change(id, { kind: 'message', message: '', note: 'secret' });
  b.pause();
  expect(b.saves).toEqual([{ kind: 'note', text: 'secret' }]);
});

test('leaving the page saves at once', () => {
  const b = bench();
  b.drafts.change(id, writes('bye'));
  b.drafts.flushAll();
  expect(b.saves).toEqual([{ kind: 'message', text: 'bye' }]);
});

test('an answer asked for before the last keystroke does not wipe it, even when it is saved already', async () => {
  const b = bench();
  const asked = b.drafts.revision(id);
  b.drafts.change(id, writes('typed meanwhile'));
  b.pause();
  await b.settle();
  expect(b.drafts.restore(id, null, asked).message).toBe('typed meanwhile');
});
