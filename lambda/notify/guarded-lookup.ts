import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { permissionForAddress } from '../../src/contract/addresses';
import type { AddressPermission } from '../../src/contract/queued-notification';

/** The name of a host resolved to an address that the function must not connect to. */
export class RefusedAddressError extends Error {
  constructor(permission: AddressPermission) {
    super(`its address is ${permission}, which the construct does not allow the function to connect to`);
  }
}

/** Resolves names, and refuses addresses that need a permission: checked with each connection, so that no name can change its address later. */
export function guardedLookup(permissions: readonly AddressPermission[], lookup: typeof systemLookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const refused = error ? undefined : addresses.map(({ address }) => permissionForAddress(address))
        .find((permission) => permission !== undefined && !permissions.includes(permission));
      const problem = error ?? (refused === undefined ? undefined : new RefusedAddressError(refused));
      if (problem) callback(problem, '', 0);
      else if (options.all === true) callback(null, addresses);
      else callback(null, addresses[0].address, addresses[0].family);
    });
  };
}
