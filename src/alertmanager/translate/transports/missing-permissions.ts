import { isKubernetesName, isPrivateName } from './private-names';
import { permissionsForUrl } from '../../../contract/addresses';
import { AddressPermission } from '../../../contract/queued-notification';

/** What the notify function lacks to connect to a server. */
export interface MissingPermissions {
  /** Why the server needs what is missing. */
  readonly reason: string;
  /** How to give it, or to do without. */
  readonly fix: string;
}

/** The address of a server, as far as the text of its URL shows. */
interface Server {
  readonly protocol: string;
  readonly hostname: string;
}

const REASONS: { readonly [permission in AddressPermission]: string } = {
  http: 'the URL is not https',
  private: 'the address is private',
  local: 'the address is that of the function itself or of its link',
};

const FIXES: { readonly [permission in AddressPermission]: string } = {
  http: 'use an https URL, or allow others with Delivery.relay({ notify: { allowHttp: true } })',
  private: 'connect the function to the network with Delivery.relay({ notify: { vpc } })',
  local: 'use the address that other machines know the server by',
};

/** Each option alone would not be enough. */
const HTTP_AND_PRIVATE_FIX = 'connect the function to the network and allow http with Delivery.relay({ notify: { vpc, allowHttp: true } })';

const KUBERNETES_FIX = 'a VPC does not know the names of Kubernetes services, so give the service a name in the DNS of the VPC, too';

/**
 * What a server needs and the function does not have; undefined if it can connect.
 *
 * @param granted the addresses besides public ones over HTTPS that the function can connect to.
 */
export function missingPermissions(server: Server, granted: readonly AddressPermission[]): MissingPermissions | undefined {
  const isNamed = isPrivateName(server.hostname);
  const needed = [...permissionsForUrl(server), ...(isNamed ? [AddressPermission.PRIVATE] : [])];
  const permissions = needed.filter((permission) => !granted.includes(permission));
  const isPrivate = permissions.includes(AddressPermission.PRIVATE);
  const needsBoth = isPrivate && permissions.includes(AddressPermission.HTTP);
  const fixes = needsBoth ? [HTTP_AND_PRIVATE_FIX] : permissions.map((permission) => FIXES[permission]);
  return permissions.length === 0 ? undefined : {
    reason: permissions
      .map((permission) => (isNamed && permission === AddressPermission.PRIVATE ? 'only a private network knows the host name' : REASONS[permission]))
      .join(', and '),
    fix: [...fixes, ...(isPrivate && isKubernetesName(server.hostname) ? [KUBERNETES_FIX] : [])].join('; '),
  };
}
