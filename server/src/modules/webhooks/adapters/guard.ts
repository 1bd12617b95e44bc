import { BlockList, isIP } from 'node:net';

/** Networks that are not the internet: a webhook must not become a door into the house (RFC 6890 and its like). */
const inner = new BlockList();
const inner4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
for (const [net, bits] of inner4) inner.addSubnet(net, bits, 'ipv4');
/** Of the sixth version only what is given out to the internet, without the ways back into the fourth. */
const outer6 = new BlockList();
outer6.addSubnet('2000::', 3, 'ipv6');
const inner6: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];
for (const [net, bits] of inner6) inner.addSubnet(net, bits, 'ipv6');

/** `::ffff:10.0.0.1` is `10.0.0.1` with a hat. */
const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/** Whether an address belongs to a network that webhooks must not reach. */
export function isInner(address: string): boolean {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped) return isInner(mapped);
  const version = isIP(address);
  if (version === 4) return inner.check(address, 'ipv4');
  if (version === 6) return !outer6.check(address, 'ipv6') || inner.check(address, 'ipv6');
  return true;
}

const bare = (hostname: string): string => hostname.toLowerCase().replace(/^\[|\]$/g, '');

/** Whether the operator allows this host of the inner network: as `host`, `host:port` or `*`. */
export function isAllowedInside(url: URL, allowed: readonly string[]): boolean {
  const host = bare(url.hostname);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return allowed.some((one) => one === '*' || [host, `${host}:${port}`].includes(bare(one)));
}

/** Whether the address is spelt out and of the inner network: known before anything is asked. */
export function namesInner(url: URL): boolean {
  const host = bare(url.hostname);
  return isIP(host) > 0 ? isInner(host) : host === 'localhost' || host.endsWith('.localhost');
}
