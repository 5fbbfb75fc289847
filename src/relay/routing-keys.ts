import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { checkRegion } from './check-region';
import { Finding } from '../findings/finding';
import { FindingReporter } from '../findings/reporter';

/**
 * The source of PagerDuty's routing keys (called integration keys in the PagerDuty console).
 *
 * A key cannot be passed as text, because it would be readable in the template.
 *
 * @see https://support.pagerduty.com/main/docs/services-and-integrations#events-api-v2
 */
export class RoutingKeys {
  /**
   * Uses an existing secret. It can be in another stack or imported, but must be in the Region of the stack.
   *
   * The value is either one routing key as plain text, if the configuration references a single key, or a JSON object with one
   * entry per key: `{"<name>": "<routing key>"}`. The name of a key is the name of its receiver, unless the configuration
   * specifies another one. Only the deliver function is granted permission to read the secret and to decrypt it with its KMS key.
   *
   * The construct grants `kms:Decrypt` on `secret.encryptionKey`, even if that key is imported. A secret that you import with
   * `Secret.fromSecretNameV2` or `Secret.fromSecretCompleteArn` does not know its key. If it is encrypted with a customer managed
   * key, import it with `Secret.fromSecretAttributes` and `encryptionKey`. Otherwise every read is denied, events wait, and the
   * `RoutingKeyFailures` alarm notifies. The default key `aws/secretsmanager` needs no grant.
   *
   * A secret in another account must be encrypted with a customer managed key, which you must pass with the secret. The policies
   * of the secret and of the key must allow the role of the deliver function.
   *
   * If a key is missing, or PagerDuty rejects it, events are retried until the retry window ends, and the `RoutingKeyFailures`
   * alarm notifies.
   *
   * @param secret - the secret that contains the routing keys
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
   * Checks that the secret is in the Region of the scope.
   *
   * @internal
   */
  public _validate(scope: Construct): readonly Finding[] {
    const reporter = FindingReporter.forProps();
    if (!isSecret(this.secret)) {
      reporter.error('routingKeys', {
        code: 'property-type-invalid',
        message: 'the value given to RoutingKeys.fromSecret() is not a secret of the CDK',
        fix: 'use RoutingKeys.fromSecret(secret) with a Secret, or with Secret.fromSecretNameV2(this, id, name); a routing key itself belongs into the secret',
      });
      return reporter.findings;
    }
    checkRegion({ code: 'secret-other-region', prop: 'routingKeys', kind: 'secret' }, this.secret, scope, reporter);
    this.checkAccount(Stack.of(scope).account, reporter);
    return reporter.findings;
  }

  private checkAccount(account: string, reporter: FindingReporter): void {
    const { secret } = this;
    if (Token.compareStrings(secret.env.account, account) !== TokenComparison.DIFFERENT) {
      return;
    }
    const location = `the secret ${secret.node.path} is in account ${secret.env.account}, the deliver function will be in account ${account}`;
    if (secret.encryptionKey === undefined) {
      reporter.error('routingKeys', {
        code: 'secret-key-unknown',
        message: `${location}, and the key of the secret is not known`,
        fix: 'import it with its customer-managed key: Secret.fromSecretAttributes(this, id, { secretCompleteArn, encryptionKey: Key.fromKeyArn(…) })',
      });
    } else {
      reporter.warning('routingKeys', {
        code: 'secret-policy-unchanged',
        message: `${location}: the policies of the secret and of its key cannot be changed from here`,
        fix: 'there, let the role of the deliver function call secretsmanager:GetSecretValue on the secret and kms:Decrypt on its key, or no page is sent',
      });
    }
  }
}

/** JavaScript lets a routing key or the name of a secret through. */
function isSecret(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'secretArn' in value && 'env' in value;
}
