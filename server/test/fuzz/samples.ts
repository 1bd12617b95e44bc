/** One request's first lines. */
export function head(line: string, headers: string[] = []): string {
  return [
    line,
    'Host: localhost',
    'Connection: close',
    'Accept-Language: en',
    ...headers,
    '',
    '',
  ].join('\r\n');
}

/** Addresses that are none, lead astray, or ask for more than there is. */
export const addresses = [
  '/%',
  '/api/%zz',
  '/api/conversations/%E0%A4%A',
  '/api/conversations/%00',
  '/api/files/%2e%2e/%2e%2e/etc',
  '/api/customers?q=%',
  '/api/customers?q=%00',
  '/api/customers?q=%ff%fe',
  '/api/customers?limit=1&limit=2&limit=3',
  '/api/customers?limit[]=1&limit[a]=2&__proto__[x]=1&constructor=1',
  `/api/customers?${'a=1&'.repeat(1_500)}`,
  `/api/${'x'.repeat(7_000)}`,
  `/api/conversations/${'x'.repeat(7_000)}`,
  '/api//conversations',
  '/api/conversations/',
  '//',
  '//evil.example/',
  '/\\evil.example',
  '/api/conversations;x=1',
  '/..%2f..%2f..%2fetc%2fpasswd',
  '/assets/..%2f..%2f..%2fpackage.json',
  'http://evil.example/api/me',
  'http://[/api/me',
  '*',
  '/api/auth/%2e%2e/me',
  '/api/auth/callback/oidc?state=%00&code=%00',
  '/api/auth/callback/oidc?error=%3Cscript%3E',
  '/api/auth/reset-password/x?callbackURL=//evil.example',
  '/demo?key=%00&lang[]=1',
  '/demo?key=%3Cscript%3E',
];

/** Bytes that are no HTTP. */
export const garbage: [string, string | Buffer][] = [
  ['noise', Buffer.from(Array.from({ length: 4_000 }, (_, at) => (at * 7919) % 256))],
  ['a TLS greeting', Buffer.from('16030100c8010000c40303', 'hex')],
  ['an unknown method', head('FROBNICATE / HTTP/1.1')],
  ['a later version', head('GET / HTTP/9.9')],
  ['a header without a name', head('GET / HTTP/1.1', [': x'])],
  ['a header with a NUL', head('GET / HTTP/1.1', ['X: a\u0000b'])],
  ['a header of 100,000 characters', head('GET / HTTP/1.1', [`X: ${'x'.repeat(100_000)}`])],
  [
    '5,000 headers',
    head(
      'GET / HTTP/1.1',
      Array.from({ length: 5_000 }, (_, at) => `X${at}: 1`),
    ),
  ],
  ['two lengths', head('POST /api/setup HTTP/1.1', ['Content-Length: 1', 'Content-Length: 2'])],
  [
    'a length and chunks',
    head('POST /api/setup HTTP/1.1', ['Content-Length: 5', 'Transfer-Encoding: chunked']),
  ],
  ['a negative length', head('POST /api/setup HTTP/1.1', ['Content-Length: -5'])],
  [
    'a broken chunk',
    `${head('POST /api/setup HTTP/1.1', ['Transfer-Encoding: chunked', 'Content-Type: application/json'])}zz\r\n`,
  ],
  ['an unknown encoding', head('POST /api/setup HTTP/1.1', ['Transfer-Encoding: gzip'])],
];

const json = 'Content-Type: application/json';
const deep = (open: string, depth: number): string => open.repeat(depth);
/** Bodies that no route takes: what, its bytes, its type. */
export const bodies: [string, string | Buffer, string][] = [
  ['nothing', '', json],
  ['half an object', '{"email":', json],
  ['a text', '"text"', json],
  ['a number', '1e999', json],
  ['null', 'null', json],
  ['a list', '[]', json],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0xc0, 0x7d]), json],
  ['a byte order mark', '\ufeff{}', json],
  ['lists 300,000 deep', deep('[', 300_000) + deep(']', 300_000), json],
  ['objects 100,000 deep', `{"email":${deep('{"a":', 100_000)}1${deep('}', 100_000)}}`, json],
  ['a prototype', '{"__proto__":{"x":1}}', json],
  ['a constructor', '{"constructor":{"prototype":{"x":1}}}', json],
  ['a key twice', '{"email":"a@example.com","email":["b"],"password":1,"password":{}}', json],
  ['10,000 keys', `{${Array.from({ length: 10_000 }, (_, at) => `"k${at}":1`).join(',')}}`, json],
  [
    'half characters',
    '{"email":"\\ud800@example.com","password":"\\udc00aaaaaaaaaaaa","widgetKey":"\\ud800","locale":"en"}',
    json,
  ],
  [
    'NULs',
    '{"email":"\\u0000@example.com","password":"\\u0000aaaaaaaaaaaa","widgetKey":"\\u0000","locale":"en"}',
    json,
  ],
  ['two megabytes', `{"email":"${'x'.repeat(2_000_000)}"}`, json],
  ['a form', 'email=a&password=b', 'Content-Type: application/x-www-form-urlencoded'],
  [
    'XML',
    '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
    'Content-Type: application/xml',
  ],
  ['no type', '{}', 'X: y'],
  ['an unreadable type', '{}', 'Content-Type: ;;;=/"'],
  ['a very long type', '{}', `Content-Type: ${'x/'.repeat(3_000)}`],
  ['another character set', '{}', 'Content-Type: application/json; charset=utf-16'],
  ['a compressed body', Buffer.from('1f8b0800', 'hex'), `${json}\r\nContent-Encoding: gzip`],
  ['parts without a boundary', 'x', 'Content-Type: multipart/form-data'],
];
