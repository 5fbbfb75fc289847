import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { checkRegion } from './check-region';
import { Finding, FindingSeverity } from '../findings/finding';

/**
 * Where the routing keys (integration keys) of PagerDuty come from.
 *
 * There is no way to pass a key as text: it would be readable in the template.
 *
 * @see https://support.pagerduty.com/main/docs/services-and-integrations#events-api-v2
 */
export class RoutingKeys {
  /**
   * Your own secret.
   *
   * Its value is either one routing key as plain text, which works as long as the configuration refers to a single key, or
   * a JSON object with one entry per key: `{"<name>": "<routing key>"}`. Names are the receivers' unless the
   * configuration says otherwise. The deliver function may read this secret, and decrypt with its key; nothing else.
   *
   * The construct grants `kms:Decrypt` on `secret.encryptionKey`, whether the key is imported or not. A secret that is imported
   * with `Secret.fromSecretNameV2` or `Secret.fromSecretCompleteArn` does not know its key. If it is encrypted with a
   * customer-managed key, import it with `Secret.fromSecretAttributes` and `encryptionKey`: otherwise every read is denied, events
   * wait, and the alarm `RoutingKeyFailures` fires. The default key `aws/secretsmanager` needs no grant.
   *
   * A secret of another account must be encrypted with a customer-managed key, which must be known here. The policies of the
   * secret and of the key must allow the role of the deliver function there.
   *
   * A key that is missing or refused by PagerDuty loses no event: events wait and are retried, and the alarm
   * `RoutingKeyFailures` reports it.
   *
   * @param secret the secret; it can be in another stack, or imported, but not in another Region.
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
    return [
      ...checkRegion('secret-other-region', 'routingKeys', 'secret', this.secret, scope),
      ...this.checkAccount(Stack.of(scope).account),
    ];
  }

  private checkAccount(account: string): Finding[] {
    const { secret } = this;
    if (Token.compareStrings(secret.env.account, account) !== TokenComparison.DIFFERENT) {
      return [];
    }
    const location = `the secret ${secret.node.path} is in account ${secret.env.account}, the deliver function will be in account ${account}`;
    return [secret.encryptionKey === undefined ? {
      code: 'secret-key-unknown',
      severity: FindingSeverity.ERROR,
      message: `${location}, and the key of the secret is not known`,
      fix: 'import it with its customer-managed key: Secret.fromSecretAttributes(this, id, { secretCompleteArn, encryptionKey: Key.fromKeyArn(…) })',
      path: 'routingKeys',
    } : {
      code: 'secret-policy-unchanged',
      severity: FindingSeverity.WARNING,
      message: `${location}: the policies of the secret and of its key cannot be changed from here`,
      fix: 'there, let the role of the deliver function call secretsmanager:GetSecretValue on the secret and kms:Decrypt on its key, or no page is sent',
      path: 'routingKeys',
    }];
  }
}
