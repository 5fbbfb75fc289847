import { Token } from 'aws-cdk-lib';
import { EnvironmentBudget, sizeInBytes } from './environment-size';
import { PagerDutyEndpoint } from '../contract/pagerduty-event';
import { Finding } from '../findings/finding';
import { FindingReporter } from '../findings/reporter';

/**
 * The PagerDuty service region that events are sent to.
 *
 * Choose the region in which your PagerDuty account was created. Routing keys of one region are unknown in the other.
 *
 * @see https://support.pagerduty.com/main/docs/service-regions
 */
export class PagerDutyRegion {
  /** The US service region: accounts with a `<name>.pagerduty.com` address. */
  public static readonly US = new PagerDutyRegion('us', PagerDutyEndpoint.us);

  /** The EU service region: accounts with a `<name>.eu.pagerduty.com` address. */
  public static readonly EU = new PagerDutyRegion('eu', PagerDutyEndpoint.eu);

  /**
   * Another endpoint that implements the Events API v2, such as your own proxy.
   *
   * The URL must start with `https://`, because routing keys are sent to it; anything else fails synthesis. It must include the
   * path that events are posted to, for example `https://pages.example.com/v2/enqueue`.
   *
   * @param url - the URL that events are posted to
   */
  public static endpoint(url: string): PagerDutyRegion {
    return new PagerDutyRegion('custom', url);
  }

  /** The URL that events are posted to. */
  public readonly url: string;

  /**
   * The name of this endpoint in messages.
   *
   * @internal
   */
  public readonly _name: string;

  private constructor(name: string, url: string) {
    this._name = name;
    this.url = url;
  }

  /**
   * Checks the URL.
   *
   * @internal
   */
  public _validate(): readonly Finding[] {
    if (Token.isUnresolved(this.url)) {
      return [];
    }
    const problem = problemOf(this.url);
    const reporter = FindingReporter.forProps();
    if (problem !== undefined) {
      reporter.error('pagerDutyRegion', {
        code: 'endpoint-invalid',
        message: `the endpoint ${problem}`,
        fix: 'give PagerDutyRegion.endpoint() the whole https:// address that events are posted to, such as https://pages.example.com/v2/enqueue',
      });
    }
    return reporter.findings;
  }
}

function problemOf(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return `"${text}" is not a URL`;
  }
  if (url.username !== '' || url.password !== '') {
    // The URL is not quoted, because credentials must not appear in logs.
    return `at "${url.host}" contains credentials, which would be readable in the template`;
  }
  if (url.protocol !== 'https:') {
    return `"${text}" has the protocol "${url.protocol}", and routing keys must be encrypted in transit`;
  }
  if (sizeInBytes(text) > EnvironmentBudget.ENDPOINT) {
    return `at "${url.host}" has ${sizeInBytes(text)} bytes, more than the ${EnvironmentBudget.ENDPOINT} that are allowed`;
  }
  return url.hash === '' ? undefined : `"${text}" has a fragment ("${url.hash}"), which is never sent`;
}
