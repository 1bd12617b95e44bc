import { expect, test } from 'vitest';
import { linksOf, scriptsOf } from './check-documents.ts';

test('links are taken relative to the document; addresses, anchors and code are none', () => {
  const text = [
    '[a](../b.md#part) ![i](images/x.png) [w](https://example.com) [h](#here)',
    '```md',
    '[no](gone.md)',
    '```',
  ].join('\n');
  expect(linksOf('docs/guides/a.md', text)).toEqual(['docs/b.md', 'docs/guides/images/x.png']);
});

test('scripts are those named after npm run, and start and test', () => {
  expect(scriptsOf('`npm start -- --demo`, `npm run backup FILE`, npm install')).toEqual([
    'start',
    'backup',
  ]);
});
