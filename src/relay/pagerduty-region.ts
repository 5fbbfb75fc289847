import { Token } from 'aws-cdk-lib';
import { EnvironmentBudget, sizeInBytes } from './environment-size';
import { PagerDutyEndpoint } from '../contract/pagerduty-event';
import { Finding, FindingSeverity } from '../findings/finding';

/**
 * The service region of a PagerDuty account: where events are sent to.
 *
 * Choose the region in which the account was opened. An account of one region does not know the keys of the other.
 *
 * @see https://support.pagerduty.com/main/docs/service-regions
 */
export class PagerDutyRegion {
  /** Accounts whose address ends in `.pagerduty.com`. */
  public static readonly US = new PagerDutyRegion('us', PagerDutyEndpoint.us);

  /** Accounts whose address ends in `.eu.pagerduty.com`. */
  public static readonly EU = new PagerDutyRegion('eu', PagerDutyEndpoint.eu);

  /**
   * Another endpoint that speaks the Events API v2: a proxy of your own, or a service that is compatible.
   *
   * Routing keys are sent to it, so the address has to be `https://`; anything else is an error at synthesis.
   *
   * @param url the address that events are posted to, with its path, for example `https://pages.example.com/v2/enqueue`.
   */
  public static endpoint(url: string): PagerDutyRegion {
    return new PagerDutyRegion('custom', url);
  }

  /** The address that events are posted to. */
  public readonly url: string;

  /**
   * What messages call it.
   *
   * @internal
   */
  public readonly _name: string;

  private constructor(name: string, url: string) {
    this._name = name;
    this.url = url;
  }

  /**
   * What is wrong with the address.
   *
   * @internal
   */
  public _validate(): Finding[] {
    if (Token.isUnresolved(this.url)) {
      return [];
    }
    const problem = problemOf(this.url);
    return problem === undefined ? [] : [{
      code: 'endpoint-invalid',
      severity: FindingSeverity.ERROR,
      message: `the endpoint ${problem}`,
      fix: 'give PagerDutyRegion.endpoint() the whole https:// address that events are posted to, such as https://pages.example.com/v2/enqueue',
      path: 'pagerDutyRegion',
    }];
  }
}

function problemOf(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return `"${text}" is no URL`;
  }
  if (url.username !== '' || url.password !== '') {
    // Not quoted: credentials belong into no log either.
    return `at "${url.host}" contains credentials, which would be readable in the template`;
  }
  if (url.protocol !== 'https:') {
    return `"${text}" has the protocol "${url.protocol}", and routing keys may travel encrypted only`;
  }
  if (sizeInBytes(text) > EnvironmentBudget.ENDPOINT) {
    return `at "${url.host}" has ${sizeInBytes(text)} bytes, more than the ${EnvironmentBudget.ENDPOINT} that there is room for`;
  }
  return url.hash === '' ? undefined : `"${text}" has a fragment ("${url.hash}"), which is never sent`;
}
