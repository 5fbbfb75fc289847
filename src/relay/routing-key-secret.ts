import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
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

/**
 * Lets the deliver function read the keys, and nothing else about the secret.
 *
 * The usual grant would name the function's role in the policy of the secret's key. With the key in another stack that is a
 * circle: the function then needs the key, and the key the function. The role's own policy is enough there, as long as the
 * key's policy leaves it to IAM, as it does by default.
 */
export function allowReading(secret: secretsmanager.ISecret, grantee: iam.IGrantable & Construct): void {
  const key = secret.encryptionKey;
  if (key === undefined || Stack.of(key) === Stack.of(grantee)) {
    secret.grantRead(grantee);
    return;
  }
  const secretArn = secret.secretFullArn ?? `${secret.secretArn}-??????`;
  iam.Grant.addToPrincipal({ grantee, actions: ['secretsmanager:GetSecretValue'], resourceArns: [secretArn] });
  iam.Grant.addToPrincipal({ grantee, actions: ['kms:Decrypt'], resourceArns: [key.keyArn] });
}
