import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { newStack, refusal, synthesize, templateOf } from './synthesized';
import { AlertManagerConfig, AmpPagerDutyAlerting, AmpPagerDutyAlertingProps, Delivery, PagerDutyRegion, PagerDutySeverity, RelayOptions } from '../../src';

const relay = (options: RelayOptions) => ({ delivery: Delivery.relay(options) });

describe('numbers', () => {
  const MINUTES = 60;
  const DAYS = 24 * 3600;

  test.each<[keyof RelayOptions, number, (value: number) => RelayOptions, (value: number) => Record<string, unknown>]>([
    ['maxConcurrency', 2, (maxConcurrency) => ({ maxConcurrency }), (value) => ({ ScalingConfig: { MaximumConcurrency: value } })],
    ['maxConcurrency', 3, (maxConcurrency) => ({ maxConcurrency }), (value) => ({ ScalingConfig: { MaximumConcurrency: value } })],
    ['maxConcurrency', 1000, (maxConcurrency) => ({ maxConcurrency }), (value) => ({ ScalingConfig: { MaximumConcurrency: value } })],
    ['memorySize', 128, (memorySize) => ({ memorySize }), (value) => ({ MemorySize: value })],
    ['memorySize', 10240, (memorySize) => ({ memorySize }), (value) => ({ MemorySize: value })],
    ['retryWindow', 5 * MINUTES, retryWindow, retryWindowSeconds],
    ['retryWindow', 5 * MINUTES + 1, retryWindow, retryWindowSeconds],
    ['retryWindow', 7 * DAYS, retryWindow, retryWindowSeconds],
  ])('%s may be %d', (_option, value, options, expected) => {
    const { resources } = synthesize(relay(options(value)));
    expect(Object.values(resources).map((resource) => resource.Properties)).toContainEqual(expect.objectContaining(expected(value)));
  });

  test.each<[string, number, RelayOptions, string]>([
    ...[1, 1001, 0, -1, 2.5, NaN, Infinity].map((maxConcurrency): [string, number, RelayOptions, string] =>
      ['maxConcurrency', maxConcurrency, { maxConcurrency }, 'max-concurrency-invalid']),
    ...[127, 10241, 0, -128, 128.5, NaN, Infinity].map((memorySize): [string, number, RelayOptions, string] =>
      ['memorySize', memorySize, { memorySize }, 'memory-size-invalid']),
    ...[5 * MINUTES - 1, 7 * DAYS + 1, 0, 300.5].map((seconds): [string, number, RelayOptions, string] =>
      ['retryWindow', seconds, retryWindow(seconds), 'retry-window-invalid']),
  ])('%s must not be %d', (option, value, options, code) => {
    const { findings } = refusal(relay(options));
    expect(findings).toMatchObject([{ code, path: `delivery.${option}`, message: expect.stringContaining(String(value)) as unknown }]);
    expect(findings[0].fix).toMatch(/at least \d+.* at most \d+/);
  });

  function retryWindow(seconds: number): RelayOptions {
    return { retryWindow: Duration.seconds(seconds) };
  }

  function retryWindowSeconds(seconds: number): Record<string, unknown> {
    return {
      Environment: { Variables: expect.objectContaining({ RETRY_WINDOW_SECONDS: String(seconds) }) as unknown },
    };
  }
});

describe('severities', () => {
  test('are mapped without regard to case', () => {
    const { template } = synthesize(relay({ severities: { 'Page': PagerDutySeverity.CRITICAL, ' ticket ': PagerDutySeverity.INFO } }));
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { SEVERITY_MAP: JSON.stringify({ page: 'critical', ticket: 'info' }) } },
    });
  });

  test.each([
    ['an empty one', { ' ': PagerDutySeverity.INFO }],
    ['the same twice', { page: PagerDutySeverity.INFO, PAGE: PagerDutySeverity.CRITICAL }],
    // What a program in another language, or without types, can pass.
    ['one that PagerDuty does not know', { page: 'fatal' as PagerDutySeverity }],
  ])('are refused with %s', (_name, severities) => {
    expect(refusal(relay({ severities })).findings).toMatchObject([{ code: 'severities-invalid' }]);
  });
});

describe('the environment of the functions, for which Lambda has 4 KB,', () => {
  /** Bytes of names and values; references are as long as AWS makes them at most. */
  function largestEnvironment(props: AmpPagerDutyAlertingProps): number {
    const { resources } = synthesize(props);
    const sizes = Object.values(resources).filter(({ Type }) => Type === 'AWS::Lambda::Function').map((resource) => {
      const { Variables: variables } = resource.Properties?.Environment as { Variables: Record<string, unknown> };
      const sizeOf = (value: unknown) => typeof value === 'string' ? Buffer.byteLength(value) : 180;
      return Object.entries(variables).reduce((sum, [name, value]) => sum + name.length + sizeOf(value), 0);
    });
    return Math.max(...sizes);
  }

  const severitiesOf = (bytes: number) => {
    const name = 'x'.repeat(bytes - JSON.stringify({ '': PagerDutySeverity.INFO }).length);
    return { [name]: PagerDutySeverity.INFO };
  };

  test('has room for the names of many routing keys, and for an endpoint', () => {
    const names = Array.from({ length: 90 }, (_, index) => `team-${index}-${'x'.repeat(60)}`);
    const config = [
      `route: {receiver: ${names[0]}, routes: [${names.slice(1).map((name) => `{receiver: ${name}}`).join(', ')}]}`,
      'receivers:', ...names.map((name, index) => `  - {name: ${name}, pagerduty_configs: [{routing_key: k${index}}]}`),
    ].join('\n');
    const endpoint = `https://example.com/${'x'.repeat(980)}`;
    expect(endpoint).toHaveLength(1000);
    const alertManagerConfig = AlertManagerConfig.fromString(config);
    const size = largestEnvironment({ alertManagerConfig, pagerDutyRegion: PagerDutyRegion.endpoint(endpoint) });
    expect(size).toBeGreaterThan(3000);
    expect(size).toBeLessThanOrEqual(4096);
  });

  test('has room for a map of severities', () => {
    expect(largestEnvironment(relay({ severities: severitiesOf(3000) }))).toBeLessThanOrEqual(4096);
  });

  test.each<[string, string, AmpPagerDutyAlertingProps]>([
    ['a longer endpoint', 'endpoint-invalid', { pagerDutyRegion: PagerDutyRegion.endpoint(`https://example.com/${'x'.repeat(981)}`) }],
    ['a larger map', 'severities-invalid', relay({ severities: severitiesOf(3001) })],
  ])('has none for %s', (_what, code, props) => {
    expect(refusal(props).code).toBe(code);
  });
});

describe('a topic of the user', () => {
  test('is used instead, and lets the workspace publish', () => {
    const stack = newStack();
    const topic = new sns.Topic(stack, 'Mine');
    const { template, alerting } = synthesize(relay({ topic }), stack);

    template.resourceCountIs('AWS::SNS::Topic', 1);
    expect(alerting.relay.topic).toBe(topic);
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [stack.resolve(topic.topicArn)],
      PolicyDocument: {
        Statement: [Match.objectLike({
          Principal: { Service: 'aps.amazonaws.com' },
          Condition: Match.objectLike({ ArnEquals: { 'aws:SourceArn': stack.resolve(alerting.workspace.workspaceArn) } }),
        })],
      },
    });
  });

  test('has its key opened for AMP', () => {
    const stack = newStack();
    const topic = new sns.Topic(stack, 'Mine', { masterKey: new kms.Key(stack, 'Key') });
    const { template } = synthesize(relay({ topic }), stack);
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'aps.amazonaws.com' } })]) },
    });
    template.resourcePropertiesCountIs('AWS::SQS::Queue', { SqsManagedSseEnabled: true }, 3);
  });

  test('of another stack names all workspaces of the account, so that the stacks do not depend on each other', () => {
    const app = new App();
    const theirs = new Stack(app, 'Theirs');
    synthesize(relay({ topic: new sns.Topic(theirs, 'Mine') }), new Stack(app, 'Ours'));

    expect(() => app.synth()).not.toThrow();
    const [statement] = Object.values(templateOf(theirs).template.findResources('AWS::SNS::TopicPolicy'))
      .map((resource) => (resource as { Properties: { PolicyDocument: { Statement: unknown[] } } }).Properties.PolicyDocument.Statement[0]);
    expect(JSON.stringify(statement)).toContain(':workspace/*');
  });

  test('that is imported is warned of, as its policy stays', () => {
    const stack = newStack();
    const topic = sns.Topic.fromTopicArn(stack, 'Mine', 'arn:aws:sns:eu-west-1:123456789012:alerts');
    synthesize(relay({ topic }), stack);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('\\[ack: cdk-amp-pagerduty:topic-policy-unchanged:delivery.topic\\]'));
  });

  test('that is FIFO is refused', () => {
    const stack = newStack();
    expect(refusal(relay({ topic: new sns.Topic(stack, 'Mine', { fifo: true }) }), stack).code).toBe('topic-fifo');
  });

  test('that another construct uses is refused, as both would page for both', () => {
    const stack = newStack();
    const topic = new sns.Topic(stack, 'Mine');
    new AmpPagerDutyAlerting(stack, 'Other', relay({ topic }));
    expect(refusal(relay({ topic }), stack).code).toBe('topic-shared');
  });

  test.each([
    ['region', 'arn:aws:sns:us-east-1:123456789012:alerts'],
    ['account', 'arn:aws:sns:eu-west-1:210987654321:alerts'],
  ])('of another %s is refused', (kind, arn) => {
    const stack = newStack({ account: '123456789012', region: 'eu-west-1' });
    const { findings } = refusal(relay({ topic: sns.Topic.fromTopicArn(stack, 'Mine', arn) }), stack);
    expect(findings).toMatchObject([{ code: 'topic-other-environment', message: expect.stringContaining(`in ${kind} `) as unknown }]);
  });
});

test('a key that is imported is warned of, as its policy stays', () => {
  const stack = newStack();
  const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012');
  synthesize(relay({ encryptionKey: key }), stack);
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('\\[ack: cdk-amp-pagerduty:key-policy-unchanged:delivery.encryptionKey\\]'));
});

test('a key that is imported is warned of once, whatever it encrypts', () => {
  const stack = newStack();
  const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012');
  synthesize(relay({ encryptionKey: key, topic: new sns.Topic(stack, 'Mine', { masterKey: key }) }), stack);
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('key-policy-unchanged'))).toHaveLength(1);
});

test('two imported keys are two warnings, so that acknowledging one does not silence the other', () => {
  const stack = newStack();
  const [key, topicKey] = ['1', '2'].map((digit) => kms.Key.fromKeyArn(stack, `Key${digit}`, `arn:aws:kms:eu-west-1:123456789012:key/${digit}2345678-1234-1234-1234-123456789012`));
  synthesize(relay({ encryptionKey: key, topic: new sns.Topic(stack, 'Mine', { masterKey: topicKey }) }), stack);
  for (const option of ['delivery.encryptionKey', 'delivery.topic']) {
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp(`\\[ack: cdk-amp-pagerduty:key-policy-unchanged:${option}\\]`));
  }
});

test.each<[string, (stack: Stack) => RelayOptions, string]>([
  ['encryptionKey', (stack) => ({ encryptionKey: kms.Alias.fromAliasName(stack, 'Alias', 'alias/aws/sns') }), 'delivery.encryptionKey'],
  ['encryptionKey by ARN', (stack) => ({ encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:alias/aws/sqs') }), 'delivery.encryptionKey'],
  ['the key of the topic', (stack) => ({ topic: new sns.Topic(stack, 'Mine', { masterKey: kms.Alias.fromAliasName(stack, 'Alias', 'alias/aws/sns') }) }), 'delivery.topic'],
])('a key that AWS manages is refused as %s, because AMP could never use it', (_name, optionsIn, path) => {
  const stack = newStack();
  const { findings } = refusal(relay(optionsIn(stack)), stack);
  expect(findings).toMatchObject([{ code: 'key-aws-managed', path, message: expect.stringMatching(/alias\/aws\/s[nq]s is managed by AWS/) as unknown }]);
});

test('the alias of a customer-managed key is allowed', () => {
  const stack = newStack();
  expect(() => synthesize(relay({ encryptionKey: kms.Alias.fromAliasName(stack, 'Alias', 'alias/paging') }), stack)).not.toThrow();
});

test('a key of another region is refused', () => {
  const inEurope = () => newStack({ account: '123456789012', region: 'eu-west-1' });
  const keyOf = (stack: Stack, region: string) => relay({
    encryptionKey: kms.Key.fromKeyArn(stack, region, `arn:aws:kms:${region}:123456789012:key/12345678-1234-1234-1234-123456789012`),
  });
  const [stack, other] = [inEurope(), inEurope()];
  expect(refusal(keyOf(stack, 'us-east-1'), stack).findings).toMatchObject([{ code: 'key-other-region', path: 'delivery.encryptionKey' }]);
  expect(() => synthesize(keyOf(other, 'eu-west-1'), other)).not.toThrow();
});

test('without imports there is no warning, other than that the alarms notify nobody', () => {
  const { stack } = synthesize({ alarms: false });
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});

describe('the service region', () => {
  test.each([
    [PagerDutyRegion.US, 'us', 'https://events.pagerduty.com/v2/enqueue'],
    [PagerDutyRegion.EU, 'eu', 'https://events.eu.pagerduty.com/v2/enqueue'],
    [PagerDutyRegion.endpoint('https://pages.example.com/v2/enqueue'), 'custom', 'https://pages.example.com/v2/enqueue'],
  ])('%# is the default endpoint of deliver', (pagerDutyRegion, name, url) => {
    const { resources } = synthesize({ pagerDutyRegion });
    const variables = Object.values(resources)
      .filter((resource) => resource.Type === 'AWS::Lambda::Function')
      .map((resource) => (resource.Properties?.Environment as { Variables: Record<string, string> }).Variables)
      .filter((environment) => 'DEFAULT_ENDPOINT' in environment);
    expect(variables).toHaveLength(1);
    expect(variables[0].DEFAULT_ENDPOINT).toBe(name);
    expect(JSON.parse(variables[0].PAGERDUTY_ENDPOINTS)).toMatchObject({ [name]: url });
  });

  test.each([
    ['http://events.pagerduty.com/v2/enqueue', 'protocol'],
    ['http://127.0.0.1:8080/', 'protocol'],
    ['ftp://example.com/', 'protocol'],
    ['events.pagerduty.com/v2/enqueue', 'is not a URL'],
    ['', 'is not a URL'],
    ['https://', 'is not a URL'],
    ['https://example.com/#part', 'fragment'],
  ])('must not be %j', (url, problem) => {
    const { findings } = refusal({ pagerDutyRegion: PagerDutyRegion.endpoint(url) });
    expect(findings).toMatchObject([{ code: 'endpoint-invalid', path: 'pagerDutyRegion', message: expect.stringContaining(problem) as unknown }]);
  });

  test('must not have credentials, which are not repeated either', () => {
    const error = refusal({ pagerDutyRegion: PagerDutyRegion.endpoint('https://user:hunter2@example.com/v2/enqueue') });
    expect(error.code).toBe('endpoint-invalid');
    expect(error.message).not.toContain('hunter2');
  });
});
