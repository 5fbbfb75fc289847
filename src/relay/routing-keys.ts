import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { checkRegion } from './check-region';
import { Finding } from '../findings/finding';

/**
 * Where the routing keys (integration keys) of PagerDuty come from.
 *
 * There is no way to pass a key as text: it would be readable in the template.
 *
 * @see https://support.pagerduty.com/main/docs/services-and-integrations#events-api-v2
 */
export class RoutingKeys {
  /**
   * A secret of your own.
   *
   * Its value is either one routing key as plain text, which works as long as the configuration refers to a single key, or
   * a JSON object with one entry per key: `{"<name>": "<routing key>"}`. Names are the receivers' unless the
   * configuration says otherwise. The deliver function may read this secret, and decrypt with its key; nothing else.
   *
   * A key that is missing or refused by PagerDuty loses no event: events wait and are tried again, and the alarm
   * `RoutingKeyFailures` says so.
   *
   * @param secret the secret; it may be in another stack, or imported, but not in another region.
   */
  public static fromSecret(secret: secretsmanager.ISecret): RoutingKeys {
    return new RoutingKeys(secret);
  }

  /** The secret that holds the keys. */
  public readonly secret: secretsmanager.ISecret;

  private constructor(secret: secretsmanager.ISecret) {
    this.secret = secret;
  }

  /**
   * What is wrong with the secret.
   *
   * @internal
   */
  public _validate(scope: Construct): Finding[] {
    return checkRegion('secret-other-region', 'routingKeys', 'secret', this.secret, scope);
  }
}
