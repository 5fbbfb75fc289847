import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledgeNagRule } from '../findings/acknowledge-nag-rule';

/**
 * Creates an empty secret. An operator enters the keys after the deployment (docs/decisions/0007).
 *
 * The template must never contain a value or a generated value: any later change to it would overwrite the operator's keys.
 */
export function createRoutingKeySecret(scope: Construct, id: string, encryptionKey?: kms.IKey): secretsmanager.ISecret {
  const secret = new secretsmanager.Secret(scope, id, {
    description: 'PagerDuty routing keys: one key as plain text, or a JSON object that maps names to keys',
    encryptionKey,
    // Retained when the stack is deleted, but not when the creation of the stack is rolled back.
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  const resource = secret.node.defaultChild as secretsmanager.CfnSecret;
  resource.generateSecretString = undefined;
  acknowledgeNagRule(resource, {
    pack: 'AwsSolutions',
    id: 'AwsSolutions-SMG4',
    reason: 'PagerDuty issues routing keys, so no function can rotate them. After an operator replaces a key, open incidents are still resolved with the previous one.',
  });
  return secret;
}

/**
 * Lets the deliver function read the routing keys, and nothing else about the secret.
 *
 * The role itself can decrypt, whoever owns the key: the CDK's own `grantRead` writes into the policy of the key only, and
 * the policy of an imported key cannot be written to. The grant would vanish without an error.
 */
export function grantReadSecret(secret: secretsmanager.ISecret, grantee: iam.IGrantable & Construct): void {
  const secretArn = secret.secretFullArn ?? `${secret.secretArn}-??????`;
  iam.Grant.addToPrincipal({ grantee, actions: ['secretsmanager:GetSecretValue'], resourceArns: [secretArn] });

  const key = secret.encryptionKey;
  if (key === undefined) {
    return;
  }
  const viaSecretsManager = { StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(grantee).region}.amazonaws.com` } };
  iam.Grant.addToPrincipal({ grantee, actions: ['kms:Decrypt'], resourceArns: [key.keyArn], conditions: viaSecretsManager });
  // A key policy that does not delegate to IAM must name the role. Across stacks, key and role would depend on each other.
  if (Stack.of(key) === Stack.of(grantee)) {
    key.addToResourcePolicy(new iam.PolicyStatement({
      principals: [grantee.grantPrincipal],
      actions: ['kms:Decrypt'],
      // In a key policy, `*` is the key.
      resources: ['*'],
      conditions: viaSecretsManager,
    }), true);
  }
}
