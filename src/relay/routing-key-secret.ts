import { RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/**
 * An empty secret, to be filled by a person (docs/decisions/0007).
 *
 * Whatever changes about the value in the template of a later version would overwrite what was put in, so the template has
 * neither a value nor a generator of one, ever.
 */
export function createRoutingKeySecret(scope: Construct, id: string, encryptionKey?: kms.IKey): secretsmanager.ISecret {
  const secret = new secretsmanager.Secret(scope, id, {
    description: 'PagerDuty routing keys: one key as plain text, or a JSON object with a key for each name',
    encryptionKey,
    // Kept when the stack goes; not when the very creation of the stack is rolled back.
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  const resource = secret.node.defaultChild as secretsmanager.CfnSecret;
  resource.generateSecretString = undefined;
  resource.addMetadata('cdk_nag', {
    rules_to_suppress: [{
      id: 'AwsSolutions-SMG4',
      reason: 'A routing key is issued by PagerDuty and cannot be rotated by a function; a new one is picked up without a deployment.',
    }],
  });
  return secret;
}
