import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';

export function grantSend(grantee: iam.IGrantable, queue: sqs.IQueue): void {
  iam.Grant.addToPrincipal({ grantee, actions: ['sqs:SendMessage'], resourceArns: [queue.queueArn] });
}

/** Grants the permissions that the event source uses through the function's role, and that the function uses to delay a retry. */
export function grantReceive(grantee: iam.IGrantable, queue: sqs.IQueue): void {
  iam.Grant.addToPrincipal({
    grantee,
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
    resourceArns: [queue.queueArn],
  });
}

/** Grants exactly what SQS requires of a sender. `grantEncryptDecrypt` would grant more. */
export function grantEncryption(grantee: iam.IGrantable, key: kms.IKey | undefined): void {
  key?.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
}
