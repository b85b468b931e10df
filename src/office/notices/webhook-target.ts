import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { OfficeError } from '../contract/office-errors.ts';

/** Resolves a host name to all of its addresses. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** Hosts that the operator lists: they may be reached without TLS and at whatever address. In lower case, as URLs have them. */
export type AllowedHosts = ReadonlySet<string>;

/**
 * Addresses that are no host of the public Internet (IANA's special-purpose registries of IPv4 and IPv6): this machine, the house's
 * own networks, link-local ones with the metadata services of clouds among them, translations that lead there, multicast. A
 * tenant's URL leads there only by a host that the operator lists.
 */
const INNER = blockListOf([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24'],
  ...['203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]);

/** Of IPv6 the global unicast addresses, */
const GLOBAL = blockListOf(['2000::/3']);

/** but for those among them that are for documentation, tunnels (Teredo, 6to4) and protocols. */
const NOT_GLOBAL = blockListOf(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** An address in IPv4's and in IPv6's notation of it. */
const MAPPED = blockListOf(['::ffff:0:0/96']);

/** Whether an address is one of the public Internet. */
export function isPublicAddress(address: string): boolean {
  if (!isIPv6(address)) return !INNER.check(address);
  // Node compares a mapped address with IPv4's rules.
  if (MAPPED.check(address, 'ipv6')) return !INNER.check(address, 'ipv6');
  return GLOBAL.check(address, 'ipv6') && !NOT_GLOBAL.check(address, 'ipv6');
}

/** Throws `target.forbidden` for a URL that is never sent to: not https and not of a listed host, or with a name and password in it. */
export function assertAllowedUrl(url: URL, allowed: AllowedHosts): void {
  const isOpen = url.protocol === 'http:' && !allowed.has(url.hostname);
  if (isOpen || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new OfficeError('target.forbidden');
  }
}

/**
 * The address to connect to for a URL, looked up and judged now: the connection is made to this address and no other, so that a name
 * which leads elsewhere at the next look-up gains nothing. Throws `target.forbidden`, `target.unreachable`.
 */
export async function addressOf(
  url: URL,
  allowed: AllowedHosts,
  resolve: Resolve = resolved,
): Promise<string> {
  assertAllowedUrl(url, allowed);
  // URLs have IPv6 addresses in brackets, and any notation of an IPv4 address as four numbers.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  const [address] = addresses;
  if (address === undefined) throw new OfficeError('target.unreachable');
  if (!allowed.has(url.hostname) && !addresses.every(isPublicAddress))
    throw new OfficeError('target.forbidden');
  return address;
}

async function resolved(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    throw new OfficeError('target.unreachable', { cause: error });
  }
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}
