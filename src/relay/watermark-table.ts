import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { WatermarkAttribute } from '../contract/watermark-table';
import { acknowledgeNagRule } from '../findings/acknowledge-nag-rule';

/**
 * Creates the table in which all instances of the functions that send share what they sent of each incident, and how fast PagerDuty
 * takes events. It holds hashes, numbers, and times: no routing key, and no value of a label (docs/decisions/0061).
 *
 * A resource of CloudFormation, because `dynamodb.Table` takes longer to load than everything else of the table.
 *
 * Items expire after 30 days. A table that is lost costs nothing but its knowledge of late duplicates: paging continues.
 */
export function createWatermarkTable(scope: Construct, id: string, encryptionKey?: kms.IKey): dynamodb.CfnTable {
  const table = new dynamodb.CfnTable(scope, id, {
    keySchema: [{ attributeName: WatermarkAttribute.ID, keyType: 'HASH' }],
    attributeDefinitions: [{ attributeName: WatermarkAttribute.ID, attributeType: 'S' }],
    billingMode: 'PAY_PER_REQUEST',
    timeToLiveSpecification: { attributeName: WatermarkAttribute.EXPIRES_AT, enabled: true },
    sseSpecification: encryptionKey && { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: encryptionKey.keyArn },
  });
  table.applyRemovalPolicy(RemovalPolicy.DESTROY);
  acknowledgeNagRule(table, {
    pack: 'AwsSolutions',
    id: 'AwsSolutions-DDB3',
    reason: 'The table holds what was sent in the last 30 days. A restored backup would be older than the incidents it describes.',
  });
  return table;
}

/** Grants what a function that sends does with the table: one read for each batch, and writes for each event. */
export function grantUseWatermarks(table: dynamodb.CfnTable, encryptionKey: kms.IKey | undefined, grantee: iam.IGrantable): void {
  iam.Grant.addToPrincipal({ grantee, actions: ['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], resourceArns: [table.attrArn] });
  if (encryptionKey !== undefined) {
    iam.Grant.addToPrincipal({
      grantee,
      actions: TABLE_KEY_ACTIONS,
      resourceArns: [encryptionKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(table).region}.amazonaws.com` } },
    });
  }
}

/**
 * What DynamoDB does with the key of a table on behalf of whoever reads and writes items.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
const TABLE_KEY_ACTIONS = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
