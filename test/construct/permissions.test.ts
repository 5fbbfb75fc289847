import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { idOf, newStack, Resource, Synthesized, synthesize, templateOf } from './synthesized';
import { AmpPagerDutyAlerting, Delivery } from '../../src';

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

const actionsOf = (statement: Statement): string[] => [statement.Action].flat();

function statementsOf(resource: Resource): Statement[] {
  return ((resource.Properties?.PolicyDocument ?? resource.Properties?.KeyPolicy) as { Statement: Statement[] }).Statement;
}

/** Every statement that the role of a function has. */
function statementsOfRole({ stack, resources }: Synthesized, fn: { readonly role?: iam.IRole }): Statement[] {
  const role = idOf(stack, fn.role?.roleArn ?? '');
  return Object.values(resources)
    .filter((resource) => resource.Type === 'AWS::IAM::Policy' && JSON.stringify(resource.Properties?.Roles).includes(`"${role}"`))
    .flatMap(statementsOf);
}

const plain = synthesize();

describe('the receive function', () => {
  const { stack, alerting } = plain;
  const statements = statementsOfRole(plain, alerting.relay.receiveFunction);

  test('may write its log, queue events, and put notifications aside; nothing else', () => {
    const arn = (value: string) => stack.resolve(value) as unknown;
    expect(statements).toEqual([
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arn(alerting.relay.receiveFunction.logGroup.logGroupArn)),
      allow('sqs:SendMessage', arn(alerting.relay.receiveDeadLetterQueue.queueArn)),
      allow('sqs:SendMessage', arn(alerting.relay.queue.queueArn)),
    ]);
  });

  test('cannot read the routing keys', () => {
    expect(statements.flatMap(actionsOf).filter((action) => action.startsWith('secretsmanager:'))).toEqual([]);
  });
});

describe('the deliver function', () => {
  const { stack, alerting } = plain;
  const statements = statementsOfRole(plain, alerting.relay.deliverFunction);

  test('may write its log, read events, put them aside, read the secret, and share watermarks; nothing else', () => {
    const arn = (value: string) => stack.resolve(value) as unknown;
    expect(statements).toEqual([
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arn(alerting.relay.deliverFunction.logGroup.logGroupArn)),
      allow('sqs:SendMessage', arn(alerting.relay.deadLetterQueue.queueArn)),
      allow('secretsmanager:GetSecretValue', arn(alerting.routingKeySecret.secretArn)),
      allow(['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], arn(alerting.relay.watermarkTable.attrArn)),
      allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'], arn(alerting.relay.queue.queueArn)),
    ]);
  });

  test('cannot write secrets, and cannot queue events', () => {
    const sends = statements.filter((statement) => actionsOf(statement).includes('sqs:SendMessage'));
    expect(sends.map((statement) => statement.Resource)).toEqual([stack.resolve(alerting.relay.deadLetterQueue.queueArn)]);
    expect(statements.flatMap(actionsOf).filter((action) => /secretsmanager:(Put|Update|Delete)/.test(action))).toEqual([]);
  });
});

function allow(Action: unknown, resource: unknown) {
  return { Effect: 'Allow', Action, Resource: resource };
}

describe.each([
  ['by default', plain],
  ['with a customer-managed key', encrypted()],
])('%s', (_name, { resources }) => {
  const roles = Object.values(resources).filter((resource) => resource.Type === 'AWS::IAM::Role');
  const policies = Object.values(resources).filter((resource) => resource.Type === 'AWS::IAM::Policy');

  test('there is one role per function, without managed or inline policies', () => {
    expect(roles).toHaveLength(2);
    for (const role of roles) {
      expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
      expect(role.Properties).not.toHaveProperty('Policies');
    }
  });

  test('no role may anything on *, and no action is a wildcard', () => {
    const statements = policies.flatMap(statementsOf);
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.filter((statement) => [statement.Resource].flat().includes('*'))).toEqual([]);
    expect(statements.flatMap(actionsOf).filter((action) => action.includes('*'))).toEqual([]);
  });

  test('no resource policy allows anybody, in any account', () => {
    const statements = Object.values(resources)
      .filter((resource) => /Policy$/.test(resource.Type) && resource.Type !== 'AWS::IAM::Policy')
      .flatMap(statementsOf);
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.filter((statement) => statement.Effect === 'Allow' && /"\*"/.test(JSON.stringify(statement.Principal)))).toEqual([]);
  });
});

describe('the policy of the topic', () => {
  const { stack, alerting, resources } = plain;
  const policies = Object.values(resources).filter((resource) => resource.Type === 'AWS::SNS::TopicPolicy');
  const statements = policies.flatMap(statementsOf);

  test('lets this workspace publish, for this account', () => {
    expect(policies).toHaveLength(1);
    expect(statements.filter((statement) => statement.Effect === 'Allow')).toEqual([{
      Sid: 'AllowPublishingByAmp',
      Effect: 'Allow',
      Principal: { Service: 'aps.amazonaws.com' },
      Action: ['sns:Publish', 'sns:GetTopicAttributes'],
      Resource: stack.resolve(alerting.relay.topic.topicArn),
      Condition: {
        ArnEquals: { 'aws:SourceArn': stack.resolve(alerting.workspace.workspaceArn) },
        StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
      },
    }]);
  });

  test('refuses to publish without TLS', () => {
    expect(statements.filter((statement) => statement.Effect === 'Deny')).toEqual([expect.objectContaining({
      Action: 'sns:Publish', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    })]);
  });
});

test('no queue can be used without TLS', () => {
  const queues = Object.values(plain.resources).filter((resource) => resource.Type === 'AWS::SQS::Queue');
  const denied = Object.values(plain.resources)
    .filter((resource) => resource.Type === 'AWS::SQS::QueuePolicy')
    .flatMap(statementsOf)
    .filter((statement) => statement.Effect === 'Deny');
  expect(denied).toHaveLength(queues.length);
  for (const statement of denied) {
    expect(statement).toMatchObject({ Action: 'sqs:*', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  }
});

function encrypted(): Synthesized {
  const stack = newStack();
  return synthesize({ delivery: Delivery.relay({ encryptionKey: new kms.Key(stack, 'Key') }) }, stack);
}

describe('a customer-managed key', () => {
  const synthesized = encrypted();
  const { stack, alerting, resources, template } = synthesized;
  const keyArn = { 'Fn::GetAtt': [Object.keys(template.findResources('AWS::KMS::Key'))[0], 'Arn'] };

  test('encrypts the topic, all queues, the secret, and the table', () => {
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: keyArn });
    template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: keyArn });
    template.hasResourceProperties('AWS::SecretsManager::Secret', { KmsKeyId: keyArn });
    template.hasResourceProperties('AWS::DynamoDB::Table', { SSESpecification: { KMSMasterKeyId: keyArn, SSEEnabled: true, SSEType: 'KMS' } });
  });

  test('may be used by AMP for any workspace of this account and region, as naming this one would close a circle', () => {
    const [policy] = Object.values(template.findResources('AWS::KMS::Key')).map((resource) => statementsOf(resource as Resource));
    expect(policy).toContainEqual({
      Effect: 'Allow',
      Principal: { Service: 'aps.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: {
        ArnLike: {
          'aws:SourceArn': {
            'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':aps:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':workspace/*']],
          },
        },
        StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
      },
    });
  });

  test('may be used by SNS for the dead-letter queue of the subscription', () => {
    const [policy] = Object.values(template.findResources('AWS::KMS::Key')).map((resource) => statementsOf(resource as Resource));
    expect(policy).toContainEqual({
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: {
        ArnLike: {
          'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sns:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':*']] },
        },
      },
    });
  });

  test.each([
    ['receive', alerting.relay.receiveFunction],
    ['deliver', alerting.relay.deliverFunction],
  ])('may be used by the %s function to send and to receive', (_name, fn) => {
    const actions = statementsOfRole(synthesized, fn)
      .filter((statement) => JSON.stringify(statement.Resource) === JSON.stringify(keyArn) && statement.Condition === undefined)
      .flatMap(actionsOf);
    expect([...new Set(actions)].sort()).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  });

  test('may be used by the deliver function through DynamoDB, for the table', () => {
    const statements = statementsOfRole(synthesized, alerting.relay.deliverFunction)
      .filter(({ Condition }) => JSON.stringify(Condition ?? '').includes('dynamodb.'));
    expect(statements).toEqual([expect.objectContaining({ Resource: keyArn, Action: expect.arrayContaining(['kms:Decrypt']) as unknown })]);
    expect(statementsOfRole(synthesized, alerting.relay.receiveFunction).filter(({ Condition }) => JSON.stringify(Condition ?? '').includes('dynamodb.'))).toEqual([]);
  });

  test('may be in another stack', () => {
    const app = new App();
    const key = new kms.Key(new Stack(app, 'Keys'), 'Key');
    new AmpPagerDutyAlerting(new Stack(app, 'Ours'), 'Alerting', { delivery: Delivery.relay({ encryptionKey: key }) });
    expect(() => app.synth()).not.toThrow();
  });

  test('leaves the workspace alone: its key could be changed by replacing it only', () => {
    expect(resources[idOf(stack, alerting.workspace.workspaceArn)].Properties).not.toHaveProperty('KmsKeyArn');
  });
});

describe('grants', () => {
  test.each([
    ['grantRemoteWrite', 'aps:RemoteWrite'],
    ['grantQuery', ['aps:QueryMetrics', 'aps:GetSeries', 'aps:GetLabels', 'aps:GetMetricMetadata']],
  ] as const)('%s allows %j on this workspace', (grant, actions) => {
    const stack = newStack();
    const alerting = new AmpPagerDutyAlerting(stack, 'Alerting');
    const role = new iam.Role(stack, 'Grafana', { assumedBy: new iam.ServicePrincipal('grafana.amazonaws.com') });
    expect(alerting[grant](role).success).toBe(true);

    const statements = statementsOfRole({ stack, alerting, ...templateOf(stack) }, { role });
    expect(statements).toEqual([allow(actions, stack.resolve(alerting.workspace.workspaceArn))]);
  });

  test('work for a role of another stack', () => {
    const app = new App();
    const alerting = new AmpPagerDutyAlerting(new Stack(app, 'Ours'), 'Alerting');
    const role = new iam.Role(new Stack(app, 'Monitoring'), 'Prometheus', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    alerting.grantRemoteWrite(role);
    expect(() => app.synth()).not.toThrow();
  });
});
