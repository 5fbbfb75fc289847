/**
 * Top-level domains that the public DNS does not have: those that networks use instead, and `svc` of Kubernetes.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6762#appendix-G
 */
const PRIVATE_DOMAINS: ReadonlySet<string> = new Set(['corp', 'home', 'internal', 'intranet', 'lan', 'local', 'private', 'svc']);

/**
 * Whether only a private network can know a host name: a name without a domain, such as `flask-app`, or one in a domain that the public
 * DNS does not have, such as `webhook.monitoring.svc` or `mail.corp.local`. Addresses and `localhost` are no names.
 */
export function isPrivateName(hostname: string): boolean {
  const labels = labelsOf(hostname);
  const domain = labels[labels.length - 1];
  if (hostname.includes(':') || domain === 'localhost' || domain === '') {
    return false;
  }
  return labels.length === 1 || PRIVATE_DOMAINS.has(domain) || (domain === 'arpa' && labels[labels.length - 2] === 'home');
}

/** Whether a host name is that of a Kubernetes service, which only the cluster knows. */
export function isKubernetesName(hostname: string): boolean {
  return /\.svc(?:\.cluster\.local)?$/.test(labelsOf(hostname).join('.'));
}

function labelsOf(hostname: string): string[] {
  return hostname.toLowerCase().replace(/\.$/, '').split('.');
}
