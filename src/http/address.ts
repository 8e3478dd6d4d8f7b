/** Which client a request is counted for. */
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/** This machine and private networks: a proxy in front, a container's gateway, the operator's own monitoring. */
const NEAR = new BlockList();
NEAR.addSubnet('127.0.0.0', 8);
NEAR.addSubnet('10.0.0.0', 8);
NEAR.addSubnet('172.16.0.0', 12);
NEAR.addSubnet('192.168.0.0', 16);
NEAR.addSubnet('169.254.0.0', 16);
NEAR.addAddress('::1', 'ipv6');
NEAR.addSubnet('fc00::', 7, 'ipv6');
NEAR.addSubnet('fe80::', 10, 'ipv6');

/** What of a request tells its address. */
interface Origin {
  /** The address at the other end of the connection; undefined when the connection is gone already. */
  socketAddress: string | undefined;
  forwardedFor: string | undefined;
}

/**
 * The address to count a request for; null for one that is not counted. With `trustProxy` the last entry of
 * X-Forwarded-For counts: the one the proxy itself wrote, while everything before it is what the client claims.
 * Of IPv6 the first 64 bits count, which one customer has for themselves.
 */
export function countedAddress(origin: Origin, options: { trustProxy: boolean }): string | null {
  const forwarded = options.trustProxy ? lastOf(origin.forwardedFor) : null;
  const address = plain(forwarded ?? origin.socketAddress ?? '');
  if (isIP(address) === 0) return null;
  if (NEAR.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')) return null;
  return isIPv6(address) ? network(address) : address;
}

/** Null when a proxy wrote no address there. */
function lastOf(header: string | undefined): string | null {
  const last = header?.split(',').at(-1)?.trim() ?? '';
  return isIP(plain(last)) === 0 ? null : last;
}

/** Without brackets, port, zone, and IPv6's way of writing IPv4. */
function plain(address: string): string {
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(address)?.[1] ?? address;
  const withoutPort = /^([\d.]+):\d+$/.exec(bare)?.[1] ?? bare;
  return withoutPort.replace(/%.*$/, '').replace(/^::ffff:(?=[\d.]+$)/i, '');
}

function network(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  // An IPv4 address at the end stands for two groups.
  const groups = first.length + last.length + (address.includes('.') ? 1 : 0);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups);
  const all = [...first, ...Array.from({ length: zeros }, () => '0'), ...last];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
