import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import { createAwsClient, type AwsClientOptions } from '../../../../lambda/shared/aws/aws-client';
import { DYNAMODB, SECRETS_MANAGER, SQS } from '../../../../lambda/shared/aws/services';
import type { PostRequest, PostResponse } from '../../../../lambda/shared/net/post-request';

/** The signer of the AWS SDK: a dependency of the SDK's clients. */
interface SdkSigner {
  sign(request: object, options: { signingDate: Date }): Promise<{ headers: Record<string, string> }>;
}
const { SignatureV4 } = jest.requireActual<{ SignatureV4: new (options: object) => SdkSigner }>('@smithy/signature-v4');

class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: string | Uint8Array) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }

  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }
}

const ENVIRONMENT = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' };
const NOW = Date.parse('2026-03-01T10:00:00Z');
const OK: PostResponse = { status: 200, headers: {}, body: '{"Done":1}', isComplete: true };
const failure = (status: number, type: string, rest: Partial<PostResponse> = {}): PostResponse => (
  { status, headers: {}, body: JSON.stringify({ __type: type, message: 'why' }), isComplete: true, ...rest });

/** A client whose requests get these answers, one after the other and the last for good, and what it sent. */
function clientWith(answers: ReadonlyArray<PostResponse | Error>, options: Partial<AwsClientOptions> = {}) {
  const sent: PostRequest[] = [];
  const pauses: number[] = [];
  const clock = { time: NOW, now: () => clock.time, random: () => 1, sleep: async (ms: number) => { pauses.push(ms); } };
  const client = createAwsClient(SQS, {
    environment: ENVIRONMENT,
    maxAttempts: 3,
    attemptTimeoutMs: 1000,
    clock,
    post: async (request) => {
      const answer = answers[Math.min(sent.length, answers.length - 1)];
      sent.push(request);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    ...options,
  });
  return { client, sent, pauses };
}

test('signs requests as the AWS SDK signs them', async () => {
  await fc.assert(fc.asyncProperty(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('eu-west-1', 'us-gov-west-1', 'cn-north-1'),
    fc.constantFrom(SQS, SECRETS_MANAGER, DYNAMODB),
    fc.record({
      accessKeyId: fc.stringMatching(/^[A-Z0-9]{20}$/),
      secretAccessKey: fc.stringMatching(/^[A-Za-z0-9/+]{40}$/),
      sessionToken: fc.option(fc.stringMatching(/^[A-Za-z0-9/+=]{10,100}$/), { nil: undefined }),
    }),
    fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    async (text, region, service, credentials, date) => {
      const sent: PostRequest[] = [];
      const client = createAwsClient(service, {
        environment: {
          AWS_REGION: region,
          AWS_ACCESS_KEY_ID: credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
          AWS_SESSION_TOKEN: credentials.sessionToken,
        },
        maxAttempts: 1,
        attemptTimeoutMs: 1000,
        clock: { now: () => date.getTime(), random: () => 0, sleep: async () => undefined },
        post: async (request) => { sent.push(request); return OK; },
      });
      await client.call('Operation', { text });
      const [{ url, headers, body }] = sent;
      const signer = new SignatureV4({ service: service.name, region, credentials, sha256: Sha256, applyChecksum: false });
      const signed = await signer.sign({
        method: 'POST',
        protocol: url.protocol,
        hostname: url.hostname,
        path: '/',
        query: {},
        body,
        headers: {
          'host': url.host,
          'content-length': String(Buffer.byteLength(body)),
          'content-type': `application/x-amz-json-${service.jsonVersion}`,
          'x-amz-target': `${service.target}.Operation`,
        },
      }, { signingDate: date });
      expect(headers.Authorization).toBe(signed.headers.authorization);
      expect(headers['X-Amz-Security-Token']).toBe(credentials.sessionToken);
    },
  ), { numRuns: 100 });
});

test('speaks the JSON protocol, and returns the members of the response', async () => {
  const { client, sent } = clientWith([OK], { knownUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/q.fifo' });
  expect(await client.call('SendMessage', { MessageBody: 'ü' })).toEqual({ Done: 1 });
  expect(sent[0].url.href).toBe('https://sqs.eu-west-1.amazonaws.com/');
  expect(sent[0].headers).toMatchObject({ 'X-Amz-Target': 'AmazonSQS.SendMessage', 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Date': '20260301T100000Z' });
  expect(sent[0].body).toBe('{"MessageBody":"ü"}');
});

test.each<[what: string, answer: PostResponse | Error]>([
  ['a lost connection', new Error('ECONNRESET')],
  ['an internal error', failure(500, 'InternalFailure')],
  ['an error page', { status: 503, headers: {}, body: '<html>', isComplete: true }],
  ['throttling', failure(400, 'com.amazonaws.sqs#RequestThrottled')],
  ['throttling by DynamoDB', failure(400, 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException')],
  ['a response that ends early', { ...OK, body: '{"Do', isComplete: false }],
])('repeats the request after %s', async (_what, answer) => {
  const { client, sent, pauses } = clientWith([answer, answer, OK]);
  expect(await client.call('SendMessage', {})).toEqual({ Done: 1 });
  expect(sent).toHaveLength(3);
  expect(pauses).toHaveLength(2);
  expect(pauses[1]).toBe(2 * pauses[0]);
});

test('ends after the last attempt with the last error', async () => {
  const { client, sent } = clientWith([new Error('first'), failure(500, 'InternalFailure')]);
  await expect(client.call('SendMessage', {})).rejects.toMatchObject({ code: 'InternalFailure', status: 500, message: 'InternalFailure: why' });
  expect(sent).toHaveLength(3);
  const unreachable = clientWith([new Error('connect ECONNREFUSED')]);
  await expect(unreachable.client.call('SendMessage', {})).rejects.toThrow('sqs.eu-west-1.amazonaws.com: connect ECONNREFUSED');
});

test.each<[type: string, code: string, rest: Partial<PostResponse>]>([
  ['com.amazonaws.sqs#QueueDoesNotExist', 'QueueDoesNotExist', {}],
  ['AccessDeniedException', 'AccessDeniedException', {}],
  ['ConditionalCheckFailedException:http://internal', 'ConditionalCheckFailedException', {}],
  ['', 'NotAuthorized', { body: '{"Message":"why"}', headers: { 'x-amzn-errortype': 'NotAuthorized:http://x' } }],
  ['', 'Http400', { body: 'not JSON' }],
])('reports %s at once, as %s', async (type, code, rest) => {
  const { client, sent } = clientWith([failure(400, type, rest)]);
  await expect(client.call('SendMessage', {})).rejects.toMatchObject({ name: code, code });
  expect(sent).toHaveLength(1);
});

test('adjusts to the clock of the service, once', async () => {
  const skewed = failure(403, 'InvalidSignatureException', { headers: { date: new Date(NOW + 3_600_000).toUTCString() } });
  const { client, sent } = clientWith([skewed, OK]);
  await client.call('SendMessage', {});
  await client.call('SendMessage', {});
  expect(sent.map(({ headers }) => headers['X-Amz-Date'])).toEqual(['20260301T100000Z', '20260301T110000Z', '20260301T110000Z']);
});

test('does not repeat a bad signature when the clocks agree', async () => {
  const { client, sent } = clientWith([failure(403, 'InvalidSignatureException', { headers: { date: new Date(NOW + 10_000).toUTCString() } })]);
  await expect(client.call('SendMessage', {})).rejects.toMatchObject({ code: 'InvalidSignatureException' });
  expect(sent).toHaveLength(1);
});

test('keeps its time limit for a server that does not answer', async () => {
  const server = http.createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const client = createAwsClient(SQS, {
      environment: { ...ENVIRONMENT, AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, maxAttempts: 2, attemptTimeoutMs: 100,
    });
    await expect(client.call('SendMessage', {})).rejects.toThrow('no response within 100 ms');
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
