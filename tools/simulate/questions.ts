import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What visitors ask when no file is at hand. */
const builtIn = [
  '你好，我的订单什么时候发货？',
  '收到的杯子碎了一个，可以换吗？',
  '怎么修改收货地址？',
  '发票抬头开错了，能重开吗？',
  '退款一般几天到账？',
  'My card payment was declined, what can I do?',
  'Where can I see the status of my return?',
  '会员积分怎么兑换？',
];

/** The fields of one CSV line; quotes as in RFC 4180. */
function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  for (const match of line.matchAll(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)) {
    const [, field = '', end] = match;
    fields.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === '') break;
  }
  return fields;
}

/** The question of a line: its longest field, as files put text and intent in either order. */
function questionOf(line: string): string {
  return fieldsOf(line)
    .reduce((longest, field) => (field.length > longest.length ? field : longest), '')
    .trim();
}

function readQuestions(file: string): string[] {
  const [, ...lines] = readFileSync(file, 'utf8').split(/\r?\n/);
  return lines.map(questionOf).filter((question) => question.length > 1);
}

/** Questions of a CSV file or of all in a folder; built-in ones when there is none. `source` says which. */
export function loadQuestions(path: string | undefined): { questions: string[]; source: string } {
  const place = path ?? join('..', 'shared', 'data', 'questions');
  if (!existsSync(place)) {
    if (path) throw new Error(`${path} is not there`);
    return { questions: builtIn, source: `built-in (${builtIn.length})` };
  }
  const files = place.endsWith('.csv')
    ? [place]
    : readdirSync(place)
        .filter((name) => name.endsWith('.csv'))
        .map((name) => join(place, name));
  const lists = files.map(readQuestions);
  // Files take turns, so that languages mix from the first minute.
  const questions: string[] = [];
  for (let at = 0; at < Math.max(...lists.map((list) => list.length)); at += 1) {
    for (const list of lists) questions.push(list[at % list.length] ?? '');
  }
  return {
    questions,
    source: `${files.length} files (${lists.reduce((sum, list) => sum + list.length, 0)} questions)`,
  };
}
