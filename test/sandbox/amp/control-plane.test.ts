import { spawn } from 'child_process';
import { once } from 'events';
import { ControlPlane } from '../../../sandbox/amp/control-plane';
import model from '../../../sandbox/amp/control-plane-model.json';
import { pythonWithBotocore } from '../../support/python';

/** AWS's own client, which parses responses and errors by AWS's own model. Prints one line of JSON per call. */
const CLIENT = `
import json, sys
import botocore.session
from botocore.config import Config

session = botocore.session.get_session()
session.set_credentials('test', 'test')
amp = session.create_client('amp', region_name='us-east-1', endpoint_url=sys.argv[1], config=Config(retries={'total_max_attempts': 1}))

def call(operation, **arguments):
    try:
        answer = getattr(amp, operation)(**arguments)
        status = answer['ResponseMetadata']['HTTPStatusCode']
        definition = answer.get('alertManagerDefinition', {})
        print(json.dumps({
            'http': status,
            'status': (answer.get('status') or definition.get('status') or {}).get('statusCode'),
            'reason': definition.get('status', {}).get('statusReason'),
            'data': definition['data'].decode() if 'data' in definition else None,
        }), flush=True)
    except amp.exceptions.ClientError as error:
        print(json.dumps({'error': error.response['Error']['Code'], 'http': error.response['ResponseMetadata']['HTTPStatusCode'], 'members': sorted(key for key in error.response if key not in ('Error', 'ResponseMetadata', 'message'))}), flush=True)

for line in sys.stdin:
    operation, arguments = json.loads(line)
    if 'data' in arguments:
        arguments['data'] = arguments['data'].encode()
    call(operation, **arguments)
`;

let plane: ControlPlane;
let call: (operation: string, args: object) => Promise<Record<string, unknown>>;
let stop: () => Promise<void>;

beforeAll(async () => {
  plane = await ControlPlane.start({ delay: () => 1, validate: (text) => (text.includes('wrong') ? 'error validating' : undefined) });
  const child = spawn(pythonWithBotocore(), ['-c', CLIENT, plane.url], { stdio: ['pipe', 'pipe', 'inherit'] });
  let buffer = '';
  const lines: Array<(line: string) => void> = [];
  child.stdout.on('data', (chunk: Buffer) => {
    buffer += chunk.toString('utf8');
    for (let end = buffer.indexOf('\n'); end >= 0; end = buffer.indexOf('\n')) {
      lines.shift()?.(buffer.slice(0, end));
      buffer = buffer.slice(end + 1);
    }
  });
  call = async (operation, args) => {
    const answer = new Promise<string>((resolve) => lines.push(resolve));
    child.stdin.write(`${JSON.stringify([operation, args])}\n`);
    return JSON.parse(await answer) as Record<string, unknown>;
  };
  stop = async () => {
    const exited = once(child, 'exit');
    child.stdin.end();
    await exited;
    await plane.close();
  };
});
afterAll(async () => stop());

const VALID = 'alertmanager_config: |\n  route: {}\n';

test("AWS's own client understands every answer and every error of the emulation", async () => {
  plane.createWorkspace('ws-1');
  const workspaceId = 'ws-1';
  const describe = async () => call('describe_alert_manager_definition', { workspaceId });
  const notFound = { error: 'ResourceNotFoundException', http: 404, members: ['resourceId', 'resourceType'] };

  expect(await describe()).toEqual(notFound);
  expect(await call('put_alert_manager_definition', { workspaceId, data: VALID })).toEqual(notFound);
  expect(await call('create_alert_manager_definition', { workspaceId: 'ws-other', data: VALID })).toEqual(notFound);
  expect(await call('create_alert_manager_definition', { workspaceId, data: 'no' })).toEqual({ error: 'ValidationException', http: 400, members: ['reason'] });
  expect(await call('create_alert_manager_definition', { workspaceId, data: VALID })).toMatchObject({ http: 202, status: 'CREATING' });
  expect(await call('put_alert_manager_definition', { workspaceId, data: VALID })).toMatchObject({ error: 'ConflictException', http: 409 });
  expect(await describe()).toMatchObject({ status: 'CREATING' });
  expect(await describe()).toMatchObject({ http: 200, status: 'ACTIVE', data: VALID });
  expect(await call('create_alert_manager_definition', { workspaceId, data: VALID })).toMatchObject({ error: 'ConflictException', http: 409 });
  expect(await call('put_alert_manager_definition', { workspaceId, data: `${VALID}# wrong\n` })).toMatchObject({ http: 202, status: 'UPDATING' });
  await describe();
  expect(await describe()).toMatchObject({ status: 'UPDATE_FAILED', reason: 'error validating' });
  plane.throttled = 1;
  expect(await describe()).toMatchObject({ error: 'ThrottlingException', http: 429 });
  expect(await call('delete_alert_manager_definition', { workspaceId })).toMatchObject({ http: 202 });
  expect(await describe()).toMatchObject({ status: 'DELETING' });
  expect(await describe()).toEqual(notFound);
});

test('a token that was used is answered without a second operation', async () => {
  plane.createWorkspace('ws-2');
  const args = { workspaceId: 'ws-2', data: VALID, clientToken: 'once' };
  const before = plane.accepted.length;
  await call('create_alert_manager_definition', args);
  expect(await call('create_alert_manager_definition', args)).toMatchObject({ http: 202 });
  expect(plane.accepted).toHaveLength(before + 1);
});

test('the published model has the statuses and the errors that the emulation and the function know', () => {
  expect(model.operations.DescribeAlertManagerDefinition.output.members.alertManagerDefinition.members.status.members.statusCode.enum.sort())
    .toEqual(['ACTIVE', 'CREATING', 'CREATION_FAILED', 'DELETING', 'UPDATE_FAILED', 'UPDATING']);
  expect(Object.keys(model.errors)).toEqual(expect.arrayContaining([
    'AccessDeniedException', 'ConflictException', 'ResourceNotFoundException', 'ThrottlingException', 'ValidationException',
  ]));
});

describe('a request that does not follow the published model is refused, with the member', () => {
  const data = Buffer.from(VALID).toString('base64');
  const path = '/workspaces/ws-3/alertmanager/definition';

  async function send(method: string, target: string, body?: unknown): Promise<{ http: number; fieldList?: ReadonlyArray<{ name: string }> }> {
    const response = await fetch(`${plane.url}${target}`, {
      method,
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/aps/aws4_request, SignedHeaders=host, Signature=00' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { http: response.status, ...(await response.json() as object) };
  }

  test.each<[string, unknown, string[]]>([
    ['no data', {}, ['data']],
    ['data that is not base64', { data: 'äöü' }, ['data']],
    ['data that is not a string', { data: 5 }, ['data']],
    ['a token with a space', { data, clientToken: 'a b' }, ['clientToken']],
    ['a token of 65 characters', { data, clientToken: 'a'.repeat(65) }, ['clientToken']],
    ['an empty token', { data, clientToken: '' }, ['clientToken', 'clientToken']],
    ['a member that the model does not have', { data, definition: data }, ['definition']],
    ['a member of the path in the body', { data, workspaceId: 'ws-3' }, ['workspaceId']],
    ['a list', [data], ['body', 'data']],
    ['a body that is not JSON', '{', ['body', 'data']],
  ])('%s', async (_, body, names) => {
    plane.createWorkspace('ws-3');
    const { http, fieldList } = await send('POST', path, body);
    expect([http, fieldList?.map(({ name }) => name)]).toEqual([400, names]);
    expect((await send('GET', path)).http).toBe(404);
  });

  test('the token of a deletion belongs into the query', async () => {
    plane.createWorkspace('ws-3', VALID);
    expect(await send('DELETE', path, { clientToken: 'once' })).toMatchObject({ http: 400, fieldList: [{ name: 'clientToken' }] });
    expect(await send('DELETE', `${path}?clientToken=once`)).toMatchObject({ http: 202 });
  });

  test('a workspace id of 65 characters', async () => {
    expect(await send('GET', `/workspaces/${'w'.repeat(65)}/alertmanager/definition`)).toMatchObject({ http: 400, fieldList: [{ name: 'workspaceId' }] });
  });

  test('another path is no operation', async () => {
    expect(await send('GET', '/workspaces/ws-3/alertmanager')).toMatchObject({ http: 400, reason: 'UNKNOWN_OPERATION' });
  });
});

test('an answer that the published model does not have ends the emulation with an error', async () => {
  const other = await ControlPlane.start({ validate: () => 5 as unknown as string });
  other.createWorkspace('ws-1');
  const request = async (method: string, body?: string) => fetch(`${other.url}/workspaces/ws-1/alertmanager/definition`, {
    method, body, headers: { authorization: '/aps/aws4_request' },
  });
  await request('POST', JSON.stringify({ data: Buffer.from(VALID).toString('base64') }));
  await request('GET');
  await expect(other.close()).rejects.toThrow('DescribeAlertManagerDefinition: alertManagerDefinition.status.statusReason is not a string: 5');
});
