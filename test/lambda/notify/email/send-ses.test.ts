import { sendBySes, type SesCollaborators } from '../../../../lambda/notify/email/ses/send-ses';
import type { Attempt } from '../../../../lambda/notify/transport';
import { systemClock } from '../../../../lambda/shared/clock';
import { post } from '../../../../lambda/shared/net/post';
import { Recorder } from '../../../support/recorder';

let recorder: Recorder;

beforeAll(async () => {
  recorder = await Recorder.start(() => undefined);
});

afterAll(() => recorder.close());

beforeEach(() => {
  recorder.received.length = 0;
  recorder.respond = (response) => response.end('{"MessageId":"1"}');
});

const MAIL = { from: 'from@example.com', to: ['a@example.com', 'b@example.com'], data: 'Subject: s\r\n\r\nbody\r\n' };

async function send(settings: Partial<SesCollaborators> = {}): Promise<Attempt> {
  const environment = {
    AWS_ENDPOINT_URL_SESV2: recorder.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'k3y',
    AWS_SESSION_TOKEN: 'token',
  };
  return sendBySes(MAIL, { environment, region: 'eu-west-1', post, clock: { ...systemClock, now: () => Date.UTC(2026, 0, 2, 3, 4, 5) }, ...settings });
}

test('sends the bytes of the mail to its envelope, signed for SES in its Region', async () => {
  expect(await send({ configurationSet: 'alerts' })).toEqual({ outcome: 'delivered' });
  const [{ path, headers, body }] = recorder.received;
  expect(path).toBe('/v2/email/outbound-emails');
  expect(JSON.parse(body)).toEqual({
    FromEmailAddress: 'from@example.com',
    Destination: { ToAddresses: ['a@example.com', 'b@example.com'] },
    Content: { Raw: { Data: Buffer.from(MAIL.data).toString('base64') } },
    ConfigurationSetName: 'alerts',
  });
  expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKID\/20260102\/eu-west-1\/ses\/aws4_request, SignedHeaders=[\w;-]*host[\w;-]*, Signature=[\da-f]{64}$/);
  expect(headers['x-amz-security-token']).toBe('token');
  expect(headers['x-amz-date']).toBe('20260102T030405Z');
});

test('without a configuration set, it names none', async () => {
  await send();
  expect(JSON.parse(recorder.received[0].body)).not.toHaveProperty('ConfigurationSetName');
});

test.each<[number, string, Attempt['outcome'], boolean]>([
  [400, 'MessageRejected', 'rejected', false],
  [400, 'BadRequestException', 'rejected', false],
  [400, 'MailFromDomainNotVerifiedException', 'rejected', false],
  [413, 'RequestEntityTooLarge', 'rejected', false],
  [403, 'AccessDeniedException', 'failed', true],
  [400, 'SendingPausedException', 'failed', true],
  [400, 'AccountSuspendedException', 'failed', true],
  [404, 'NotFoundException', 'failed', true],
  [429, 'TooManyRequestsException', 'failed', false],
  [400, 'ThrottlingException', 'failed', false],
  [500, 'InternalServerError', 'failed', false],
  [503, '', 'failed', false],
])('%d %s is %s', async (status, code, outcome, isAboutCredentials) => {
  recorder.respond = (response) => {
    response.writeHead(status, code === '' ? {} : { 'x-amzn-errortype': `${code}:http://internal/` });
    response.end('{"message":"because"}');
  };
  const attempt = await send();
  expect(attempt).toMatchObject({ outcome, reason: expect.stringContaining('because') });
  expect('isAboutCredentials' in attempt).toBe(isAboutCredentials);
  expect(JSON.stringify(attempt)).not.toMatch(/k3y|token/);
});

test('no response is retried', async () => {
  recorder.respond = (response) => response.destroy();
  expect(await send()).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('no response from Amazon SES') });
});
