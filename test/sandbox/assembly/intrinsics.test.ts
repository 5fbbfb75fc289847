import { TemplateResolver } from '../../../sandbox/assembly/intrinsics';
import type { Template } from '../../../sandbox/assembly/template';

const PLACE = {
  partition: 'aws',
  region: 'eu-central-1',
  accountId: '000000000000',
  stackName: 'Stack',
  queueUrl: (name: string) => `http://127.0.0.1:1/000000000000/${name}`,
};

const TEMPLATE: Template = {
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
    Named: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Join': ['-', ['my', { Ref: 'AWS::Region' }]] } } },
    Topic: { Type: 'AWS::SNS::Topic' },
    Workspace: { Type: 'AWS::APS::Workspace' },
    Secret: { Type: 'AWS::SecretsManager::Secret' },
    Absent: { Type: 'AWS::SNS::Topic', Condition: 'Never' },
    Other: { Type: 'AWS::Some::Thing' },
  },
  Parameters: { WithDefault: { Type: 'String', Default: 'its default' }, Without: { Type: 'String' } },
  Mappings: { Hosts: { 'eu-central-1': { name: 'frankfurt' } } },
  Conditions: {
    Always: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] },
    Never: { 'Fn::And': [{ Condition: 'Always' }, { 'Fn::Not': [{ 'Fn::Or': [{ Condition: 'Always' }, { Condition: 'Always' }] }] }] },
  },
};

const resolver = new TemplateResolver(TEMPLATE, PLACE);
const resolve = (value: unknown): unknown => resolver.resolve(value, 'Here');

describe('intrinsic functions', () => {
  test.each<[string, unknown, unknown]>([
    ['text stays text', 'text', 'text'],
    ['Ref of a queue is its address', { Ref: 'Queue' }, 'http://127.0.0.1:1/000000000000/Stack-Queue.fifo'],
    ['Ref of a topic is its ARN', { Ref: 'Topic' }, 'arn:aws:sns:eu-central-1:000000000000:Stack-Topic'],
    ['Ref of a parameter is its default', { Ref: 'WithDefault' }, 'its default'],
    ['pseudo parameters', [{ Ref: 'AWS::AccountId' }, { Ref: 'AWS::Partition' }, { Ref: 'AWS::URLSuffix' }], ['000000000000', 'aws', 'amazonaws.com']],
    ['AWS::NoValue leaves out', { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
    ['GetAtt as list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:eu-central-1:000000000000:Stack-Queue.fifo'],
    ['GetAtt as text', { 'Fn::GetAtt': 'Topic.TopicName' }, 'Stack-Topic'],
    ['a name of its own', { 'Fn::GetAtt': ['Named', 'QueueName'] }, 'my-eu-central-1'],
    ['Join of Split', { 'Fn::Join': ['+', { 'Fn::Split': [',', 'a,b,c'] }] }, 'a+b+c'],
    ['Select', { 'Fn::Select': ['1', { 'Fn::Split': [':', { Ref: 'Topic' }] }] }, 'aws'],
    ['Sub', { 'Fn::Sub': '${AWS::Region}/${Topic.TopicName}/${!Literal}/${WithDefault}' }, 'eu-central-1/Stack-Topic/${Literal}/its default'],
    ['Sub with variables', { 'Fn::Sub': ['${x}-${AWS::Region}', { x: { Ref: 'AWS::Partition' } }] }, 'aws-eu-central-1'],
    ['FindInMap', { 'Fn::FindInMap': ['Hosts', { Ref: 'AWS::Region' }, 'name'] }, 'frankfurt'],
    ['If', [{ 'Fn::If': ['Always', 'yes', 'no'] }, { 'Fn::If': ['Never', 'yes', 'no'] }], ['yes', 'no']],
    ['Base64', { 'Fn::Base64': 'x' }, 'eA=='],
  ])('%s', (_, value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  test.each<[string, unknown, string]>([
    ['an unknown function', { 'Fn::Cidr': [] }, 'Here: the sandbox does not understand Fn::Cidr'],
    ['an unknown name', { Ref: 'Nowhere' }, 'there is no resource or parameter Nowhere in the template of Stack'],
    ['a parameter without default', { Ref: 'Without' }, 'the parameter Without has no default'],
    ['an unknown attribute', { 'Fn::GetAtt': ['Queue', 'Color'] }, 'knows no attribute Color of Queue (AWS::SQS::Queue); it knows Arn, QueueName, QueueUrl'],
    ['an unknown attribute of an unknown type', { 'Fn::GetAtt': ['Other', 'Color'] }, 'it knows Arn'],
    ['a Select beside the list', { 'Fn::Select': [3, ['a']] }, 'Fn::Select finds nothing at 3'],
    ['an entry that no map has', { 'Fn::FindInMap': ['Hosts', 'here', 'name'] }, 'the mapping Hosts has no here.name'],
    ['a Join of something else', { 'Fn::Join': [',', 'text'] }, 'Fn::Join needs a list'],
    ['arguments of the wrong number', { 'Fn::Join': [','] }, 'expected a list of 2'],
  ])('%s is a clear error', (_, value, message) => {
    expect(() => resolve(value)).toThrow(message);
  });

  test('a resource whose condition does not hold does not exist', () => {
    expect(resolver.exists('Absent')).toBe(false);
    expect(resolver.exists('Topic')).toBe(true);
    expect(resolver.exists('Nowhere')).toBe(false);
  });

  test('a workspace id looks like one, and is the same every time', () => {
    const id = resolver.string({ 'Fn::GetAtt': ['Workspace', 'WorkspaceId'] }, 'Here');
    expect(id).toMatch(/^ws-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(resolver.string({ Ref: 'Workspace' }, 'Here')).toBe(`arn:aws:aps:eu-central-1:000000000000:workspace/${id}`);
  });
});
