import { createSignedSender, type SendSigned } from './signed-request';
import { AwsError } from '../shared/aws/aws-error';
import type { Clock } from '../shared/clock';
import type { Environment } from '../shared/environment';
import { isRecord, textOf } from '../shared/guards';

/** The alert manager definition of a workspace, as AMP describes it. */
export interface Definition {
  readonly text: string;
  readonly statusCode: string;
  readonly statusReason?: string;
}

/** AMP's operations on the definition of one workspace. Each is asynchronous: the status shows when it is finished. */
export interface ControlPlane {
  /** The definition, or `undefined` if the workspace has none or does not exist. */
  describe(): Promise<Definition | undefined>;
  create(text: string): Promise<void>;
  put(text: string): Promise<void>;
  delete(): Promise<void>;
}

/** @see https://docs.aws.amazon.com/prometheus/latest/APIReference/API_DescribeAlertManagerDefinition.html */
export function createControlPlane(workspaceId: string, requestId: string, environment: Environment, clock?: Clock): ControlPlane {
  const send: SendSigned = createSignedSender({ name: 'aps', variable: 'AMP' }, environment, clock);
  const path = `/workspaces/${encodeURIComponent(workspaceId)}/alertmanager/definition`;
  // A token per call: what is repeated after another look at the state must not be taken for the call before.
  let calls = 0;
  const newToken = (): string => `${requestId}-${++calls}`;
  const write = async (method: 'POST' | 'PUT', text: string): Promise<void> => {
    const body = Buffer.from(JSON.stringify({ data: Buffer.from(text, 'utf8').toString('base64'), clientToken: newToken() }));
    await send({ method, path, body, contentType: 'application/json' });
  };
  return {
    describe: async () => send({ method: 'GET', path }).then(({ body }) => parseDefinition(body.toString('utf8')), (error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    }),
    create: async (text) => write('POST', text),
    put: async (text) => write('PUT', text),
    delete: async () => {
      await send({ method: 'DELETE', path: `${path}?clientToken=${encodeURIComponent(newToken())}` });
    },
  };
}

export function isNotFound(error: unknown): boolean {
  return error instanceof AwsError && error.code === 'ResourceNotFoundException';
}

/** The state changed meanwhile: another operation is in progress, or the definition appeared. */
export function isConflict(error: unknown): boolean {
  return error instanceof AwsError && error.code === 'ConflictException';
}

function parseDefinition(body: string): Definition {
  const answer: unknown = JSON.parse(body);
  const definition = isRecord(answer) && isRecord(answer.alertManagerDefinition) ? answer.alertManagerDefinition : {};
  const status = isRecord(definition.status) ? definition.status : {};
  return {
    text: Buffer.from(textOf(definition.data) ?? '', 'base64').toString('utf8'),
    statusCode: textOf(status.statusCode) ?? 'unknown',
    statusReason: textOf(status.statusReason),
  };
}
