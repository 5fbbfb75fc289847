/** The services that the functions call, each through its JSON protocol. */
export interface AwsService {
  /** Host name prefix, and name in the signature. */
  readonly name: string;
  /** Prefix of the operation in the header `X-Amz-Target`. */
  readonly target: string;
  readonly jsonVersion: '1.0' | '1.1';
  /** The service in the name of the variable that overrides its endpoint. */
  readonly variable: string;
}

export const SQS: AwsService = { name: 'sqs', target: 'AmazonSQS', jsonVersion: '1.0', variable: 'SQS' };
export const SECRETS_MANAGER: AwsService = { name: 'secretsmanager', target: 'secretsmanager', jsonVersion: '1.1', variable: 'SECRETS_MANAGER' };
export const DYNAMODB: AwsService = { name: 'dynamodb', target: 'DynamoDB_20120810', jsonVersion: '1.0', variable: 'DYNAMODB' };
