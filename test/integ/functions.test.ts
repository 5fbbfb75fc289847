import { createServer, IncomingMessage, Server } from 'http';
import { AddressInfo } from 'net';
import { SQSClient } from '@aws-sdk/client-sqs';
import { handler as standIn } from '../../integ/functions/pagerduty-stand-in';
import { handler as postAlert } from '../../integ/functions/post-alert';

/** The functions of the integration test, as far as they can be tried without AWS. */
const environment = process.env;
afterEach(() => {
  process.env = environment;
  jest.restoreAllMocks();
});

describe('the function that posts an alert', () => {
  let server: Server;
  let status = 200;
  const requests: Array<{ path?: string; headers: IncomingMessage['headers']; body: string }> = [];

  beforeEach(async () => {
    requests.length = 0;
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        requests.push({ path: request.url, headers: request.headers, body });
        response.writeHead(status).end('no');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    process.env = {
      ...environment,
      WORKSPACE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/workspaces/ws-1/api/v1/`,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_SESSION_TOKEN: 'session',
      AWS_REGION: 'eu-west-1',
    };
  });
  afterEach(async () => {
    status = 200;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test.each(['firing', 'resolved'] as const)('posts one that is %s, signed, to the alert manager of the workspace', async (wanted) => {
    await expect(postAlert({ status: wanted })).resolves.toEqual({ status: 200 });
    expect(requests).toHaveLength(1);
    expect(requests[0].path).toBe('/workspaces/ws-1/alertmanager/api/v2/alerts');
    expect(requests[0].headers.authorization).toContain('/eu-west-1/aps/aws4_request');
    expect(requests[0].headers['x-amz-security-token']).toBe('session');

    const [alert] = JSON.parse(requests[0].body) as Array<{ labels: Record<string, string>; endsAt: string }>;
    expect(alert.labels).toMatchObject({ alertname: 'IntegrationTest' });
    expect(Date.parse(alert.endsAt) > Date.now() + 60_000).toBe(wanted === 'firing');
  });

  test('fails when AMP refuses, or when it is not set up', async () => {
    status = 403;
    await expect(postAlert({ status: 'firing' })).rejects.toThrow('AMP answered 403: no');
    delete process.env.WORKSPACE_URL;
    await expect(postAlert({ status: 'firing' })).rejects.toThrow('WORKSPACE_URL is missing');
  });
});

describe('the stand-in for PagerDuty', () => {
  const event = { event_action: 'trigger', dedup_key: 'k', payload: { summary: 's', severity: 'critical', source: 'x' } };

  beforeEach(() => {
    process.env = { ...environment, ROUTING_KEY: 'right', QUEUE_URL: 'https://sqs.example.com/q.fifo' };
  });

  test.each([false, true])('keeps what matters of an event, and answers as PagerDuty does (base64: %s)', async (isBase64Encoded) => {
    const send = jest.spyOn(SQSClient.prototype, 'send').mockImplementation(() => undefined);
    const text = JSON.stringify({ ...event, routing_key: 'right' });
    const answer = await standIn({ body: isBase64Encoded ? Buffer.from(text).toString('base64') : text, isBase64Encoded });

    expect(answer.statusCode).toBe(202);
    const input = send.mock.calls[0][0].input as { MessageBody: string; QueueUrl: string };
    expect(input.QueueUrl).toBe('https://sqs.example.com/q.fifo');
    expect(JSON.parse(input.MessageBody)).toEqual({ event_action: 'trigger', dedup_key: 'k', summary: 's', severity: 'critical' });
  });

  test('refuses a wrong routing key, and keeps nothing', async () => {
    const send = jest.spyOn(SQSClient.prototype, 'send').mockImplementation(() => undefined);
    const answer = await standIn({ body: JSON.stringify({ ...event, routing_key: 'wrong' }) });
    expect(answer.statusCode).toBe(400);
    expect(send).not.toHaveBeenCalled();
  });
});
