import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { warn } from '../findings/annotate';

/** SNS, on behalf of any topic in the scope's account and Region. The key is created before the topic, so it cannot name it. */
export function anyTopicPrincipal(scope: Construct): iam.IPrincipal {
  const topics = Stack.of(scope).formatArn({ service: 'sns', resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME });
  return new iam.ServicePrincipal('sns.amazonaws.com', { conditions: { ArnLike: { 'aws:SourceArn': topics } } });
}

/**
 * Lets services write messages to what the key encrypts. The policy of an imported key cannot be changed, which is one
 * warning per key.
 *
 * @param option where the key was given.
 */
export function grantKeyUsage(scope: Construct, key: kms.IKey, option: string, principals: readonly iam.IPrincipal[]): void {
  const logGroupArns = Stack.of(scope).formatArn({
    service: 'logs', resource: 'log-group', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const results = principals.map((principal) => key.addToResourcePolicy(new iam.PolicyStatement({
    principals: [principal],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    // In a key policy, `*` is the key.
    resources: ['*'],
  }), true));
  // CloudWatch Logs, for the log groups of the account that the key is given to.
  results.push(key.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(`logs.${Stack.of(scope).region}.amazonaws.com`, {
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroupArns } },
    })],
    actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    resources: ['*'],
  }), true));
  if (results.some(({ statementAdded }) => !statementAdded)) {
    warn(scope, {
      code: 'key-policy-unchanged',
      message: `the policy of the key ${key.node.path} cannot be changed from here, because the key is imported`,
      fix: 'let aps.amazonaws.com and sns.amazonaws.com call kms:Decrypt and kms:GenerateDataKey* with it, with aws:SourceAccount of the account, or AMP cannot page; and let CloudWatch Logs of the Region use it, or log groups cannot be created',
      path: option,
      subject: option,
    });
  }
}
