import type { AwsService } from './services';
import type { Environment } from '../environment';

/** Domains of the partitions other than `aws` and `aws-us-gov`, by the beginning of their Regions' names. */
const DOMAINS: ReadonlyArray<readonly [regionPrefix: string, domain: string, dualStackDomain: string]> = [
  ['cn-', 'amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
  ['eusc-', 'amazonaws.eu', 'api.amazonwebservices.eu'],
  ['us-iso-', 'c2s.ic.gov', 'api.aws.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov', 'api.aws.scloud'],
  ['us-isof-', 'csp.hci.ic.gov', 'api.aws.hci.ic.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'],
];

/**
 * The endpoint of a service, from the variables that the AWS SDKs read: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`,
 * `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`, `AWS_USE_FIPS_ENDPOINT`, `AWS_USE_DUALSTACK_ENDPOINT`, and the Region.
 *
 * @param knownUrl a URL of the service in a partition and Region that are right already, such as that of a queue.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function resolveEndpoint({ name, variable }: Pick<AwsService, 'name' | 'variable'>, environment: Environment, knownUrl?: string): URL {
  if (environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS !== 'true') {
    const configured = environment[`AWS_ENDPOINT_URL_${variable}`] ?? environment.AWS_ENDPOINT_URL;
    if (configured !== undefined && configured !== '') return new URL(configured);
  }
  const isFips = environment.AWS_USE_FIPS_ENDPOINT === 'true';
  const isDualStack = environment.AWS_USE_DUALSTACK_ENDPOINT === 'true';
  if (knownUrl !== undefined && URL.canParse(knownUrl) && !isFips && !isDualStack) return new URL('/', knownUrl);
  const region = requireRegion(environment);
  const [, domain, dualStackDomain] = DOMAINS.find(([prefix]) => region.startsWith(prefix)) ?? ['', 'amazonaws.com', 'api.aws'];
  return new URL(`https://${name}${isFips ? '-fips' : ''}.${region}.${isDualStack ? dualStackDomain : domain}/`);
}

/** @throws Error when the environment has no Region, which Lambda always sets. */
export function requireRegion(environment: Environment): string {
  const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? '';
  if (region === '') throw new Error('environment variable AWS_REGION is missing or empty; AWS Lambda sets it');
  return region;
}
