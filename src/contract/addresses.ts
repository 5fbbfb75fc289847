import { AddressPermission } from './queued-notification';

/** A network of IPv4: the bits of its address that count, and how many these are. */
type Network = readonly [address: string, bits: number];

/** Networks that only a function in a VPC can reach. */
const PRIVATE: readonly Network[] = [['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['100.64.0.0', 10]];

/** Networks of the machine itself, of its link (the metadata service of AWS is one of them), and what is no single address. */
const LOCAL: readonly Network[] = [['127.0.0.0', 8], ['169.254.0.0', 16], ['0.0.0.0', 8], ['224.0.0.0', 3]];

/** The permission that a connection to this address needs; undefined for public addresses, and for what is no address. */
export function permissionForAddress(address: string): AddressPermission | undefined {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  return plain.includes(':') ? permissionForV6(groupsOf(plain.toLowerCase())) : permissionForV4(numberOf(plain));
}

/** The permissions that a request to this URL needs, as far as its text shows. What a name resolves to is checked when connecting. */
export function permissionsForUrl({ protocol, hostname }: { readonly protocol: string; readonly hostname: string }): AddressPermission[] {
  const isLocalhost = /(^|\.)localhost\.?$/i.test(hostname);
  const address = isLocalhost ? AddressPermission.LOCAL : permissionForAddress(hostname);
  return [...(protocol === 'http:' ? [AddressPermission.HTTP] : []), ...(address === undefined ? [] : [address])];
}

function permissionForV4(address: number | undefined): AddressPermission | undefined {
  if (address === undefined) {
    return undefined;
  }
  const prefix = (of: number, bits: number): number => Math.floor(of / 2 ** (32 - bits));
  const isIn = ([network, bits]: Network): boolean => prefix(address, bits) === prefix(numberOf(network) ?? 0, bits);
  return LOCAL.some(isIn) ? AddressPermission.LOCAL : PRIVATE.some(isIn) ? AddressPermission.PRIVATE : undefined;
}

/** An address of IPv4 as a number. */
function numberOf(address: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1).map(Number);
  return parts === undefined || parts.some((part) => part > 255) ? undefined : parts.reduce((sum, part) => sum * 256 + part, 0);
}

function permissionForV6(groups: readonly number[]): AddressPermission | undefined {
  const [first] = groups;
  const leading = groups.findIndex((group) => group !== 0);
  const embedsV4 = (leading === 5 && groups[5] === 0xffff) || (first === 0x64 && groups[1] === 0xff9b);
  if (embedsV4) {
    return permissionForV4(groups[6] * 65536 + groups[7]);
  }
  // ::, ::1, fe80::/10, and ff00::/8.
  if (leading === -1 || (leading === 7 && groups[7] === 1) || (first >= 0xfe80 && first <= 0xfebf) || first >= 0xff00) {
    return AddressPermission.LOCAL;
  }
  return first >= 0xfc00 && first <= 0xfdff ? AddressPermission.PRIVATE : undefined;
}

/** The eight groups of an address of IPv6. */
function groupsOf(address: string): number[] {
  const v4 = numberOf(address.slice(address.lastIndexOf(':') + 1));
  const start = address.slice(0, address.lastIndexOf(':') + 1);
  const text = v4 === undefined ? address : `${start}${Math.floor(v4 / 65536).toString(16)}:${(v4 % 65536).toString(16)}`;
  const [before, after] = text.split('::').map((part) => part.split(':').filter((group) => group !== '').map((group) => parseInt(group, 16)));
  return after === undefined ? before : [...before, ...Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0), ...after];
}
