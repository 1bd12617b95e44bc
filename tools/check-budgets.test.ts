import { expect, test } from 'vitest';
import { filesOf } from './check-budgets.ts';

test('a first load counts what is imported statically, each file once', () => {
  const manifest = {
    'index.html': { file: 'main.js', isEntry: true, imports: ['_react.js'] },
    '_react.js': { file: 'react.js' },
    'src/app/desk.tsx': {
      file: 'desk.js',
      isDynamicEntry: true,
      imports: ['_react.js', '_list.js'],
    },
    '_list.js': { file: 'list.js', dynamicImports: ['_emoji.js'] },
    '_emoji.js': { file: 'emoji.js' },
  };
  expect(filesOf(manifest, ['index.html', 'src/app/desk.tsx'])).toEqual([
    'main.js',
    'react.js',
    'desk.js',
    'list.js',
  ]);
});
