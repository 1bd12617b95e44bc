import { expect, test } from 'vitest';
import { noticesCsv } from './errors-csv.ts';

test('row errors become a table that no spreadsheet takes for formulas', () => {
  const csv = noticesCsv(
    [
      {
        code: 'bad_time',
        params: {},
        count: 7,
        places: [
          { file: 'a.csv', line: 12, text: '=HYPERLINK("x"),1' },
          { file: 'a.csv', line: 13, text: 'two\nlines' },
        ],
      },
    ],
    ['文件', '行', '原因', '内容'],
    ({ code }) => `${code}`,
  );
  expect(csv).toBe(
    '\uFEFF"文件","行","原因","内容"\r\n' +
      '"a.csv","12","bad_time","\'=HYPERLINK(""x""),1"\r\n' +
      '"a.csv","13","bad_time","two\nlines"\r\n',
  );
});
