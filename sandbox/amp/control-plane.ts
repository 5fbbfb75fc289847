import type { IncomingMessage, ServerResponse } from 'http';
import model from './control-plane-model.json';
import { readRequest } from './control-plane-request';
import { checkShape, type Shape } from './shape';
import { readBody, sendJson, serve, type LoopbackServer } from '../net/loopback';

type Operation = keyof typeof model.operations;
type ErrorName = keyof typeof model.errors;

/** What AMP holds for a workspace. */
interface Stored {
  /** The bytes that a description returns. */
  data: string;
  /** What Alertmanager works with: the last definition that was valid. */
  effective?: string;
  statusCode: string;
  statusReason?: string;
  /** Descriptions until the operation in progress is finished. */
  remaining: number;
  finish?: () => void;
}

/** An accepted operation, for tests that ask what was overwritten. */
export interface AcceptedOperation {
  readonly operation: Operation;
  readonly workspaceId: string;
  /** The definition before. */
  readonly before?: string;
  readonly after?: string;
}

export interface ControlPlaneOptions {
  /** How many descriptions an operation takes. */
  readonly delay?: () => number;
  /** Why a definition is refused later, in the status; `undefined` if it is valid. */
  readonly validate?: (text: string) => string | undefined;
  /** What a description returns after a failed update: the definition that failed, or the last valid one. AMP does not document it. */
  readonly showsFailedUpdate?: boolean;
}

/**
 * AMP's control plane, as far as alert manager definitions go: asynchronous operations, conflicts, validation at once and later,
 * throttling. Requests and responses follow the published model in control-plane-model.json.
 */
export class ControlPlane {
  public static async start(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
    const plane = new ControlPlane(options);
    plane.server = await serve((request, response) => plane.handle(request, response));
    return plane;
  }

  public readonly accepted: AcceptedOperation[] = [];
  /** The next requests that are throttled. */
  public throttled = 0;
  private readonly workspaces = new Map<string, Stored | undefined>();
  private readonly tokens = new Map<string, string>();
  /** Answers of the emulation that do not follow the published model. */
  private readonly ownViolations: string[] = [];
  private server?: LoopbackServer;

  private constructor(private readonly options: ControlPlaneOptions) {}

  public get url(): string {
    return this.server?.url ?? '';
  }

  public createWorkspace(id: string, definition?: string): void {
    this.workspaces.set(id, definition === undefined
      ? undefined
      : { data: definition, effective: definition, statusCode: 'ACTIVE', remaining: 0 });
  }

  public deleteWorkspace(id: string): void {
    this.workspaces.delete(id);
  }

  /** What Alertmanager works with in the workspace at the end of all operations. */
  public effective(id: string): string | undefined {
    this.workspaces.get(id)?.finish?.();
    return this.workspaces.get(id)?.effective;
  }

  /** @throws an error if an answer did not follow the published model. */
  public async close(): Promise<void> {
    await this.server?.close();
    if (this.ownViolations.length > 0) {
      throw new Error(`the emulation of AMP answered what the published model does not have: ${this.ownViolations.join('; ')}`);
    }
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const body = (await readBody(request)).toString('utf8');
    if (!(request.headers.authorization ?? '').includes(`/${model.signingName}/aws4_request`)) {
      return this.fail(response, 'AccessDeniedException', { message: 'the request is not signed for aps' });
    }
    const read = readRequest(request.method, url, body);
    if (read === undefined) {
      return this.fail(response, 'ValidationException', { message: 'unknown operation', reason: 'UNKNOWN_OPERATION' });
    }
    if (this.throttled > 0) {
      this.throttled -= 1;
      return this.fail(response, 'ThrottlingException', { message: 'Rate exceeded' });
    }
    const { operation, input, violations } = read;
    if (violations.length > 0) {
      const text = violations.map(({ name, message }) => `${name} ${message}`).join('; ');
      return this.fail(response, 'ValidationException', { message: text, reason: 'FIELD_VALIDATION_FAILED', fieldList: violations });
    }
    const { workspaceId: id, clientToken, data } = input;
    if (!this.workspaces.has(id)) {
      return this.fail(response, 'ResourceNotFoundException', { message: 'Workspace not found', resourceId: id, resourceType: 'Workspace' });
    }
    if (operation === 'DescribeAlertManagerDefinition') {
      return this.describe(response, id);
    }
    if (clientToken !== undefined && this.tokens.get(clientToken) === operation) {
      return this.accept(response, operation, id);
    }
    const text = data === undefined ? undefined : Buffer.from(data, 'base64').toString('utf8');
    const refused = this.refuse(response, operation, id, text);
    if (!refused) {
      this.start(operation, id, text);
      if (clientToken !== undefined) {
        this.tokens.set(clientToken, operation);
      }
      this.accept(response, operation, id);
    }
  }

  private describe(response: ServerResponse, id: string): void {
    const stored = this.workspaces.get(id);
    if (stored?.finish && stored.remaining-- <= 0) {
      stored.finish();
    }
    const now = this.workspaces.get(id);
    if (now === undefined) {
      return this.fail(response, 'ResourceNotFoundException', { message: 'Alert manager definition not found', resourceId: id, resourceType: 'AlertManagerDefinition' });
    }
    const at = 1_780_000_000;
    this.succeed(response, 'DescribeAlertManagerDefinition', {
      alertManagerDefinition: {
        data: Buffer.from(now.data, 'utf8').toString('base64'),
        status: { statusCode: now.statusCode, ...(now.statusReason !== undefined && { statusReason: now.statusReason }) },
        createdAt: at,
        modifiedAt: at,
      },
    });
  }

  /** Answers with an error if the operation is not possible now. */
  private refuse(response: ServerResponse, operation: Operation, id: string, text: string | undefined): boolean {
    const stored = this.workspaces.get(id);
    const problem = ((): [ErrorName, string, object] | undefined => {
      const missing = { resourceId: id, resourceType: 'AlertManagerDefinition' };
      if (stored?.finish) return ['ConflictException', `The definition is ${stored.statusCode}`, missing];
      if (operation === 'CreateAlertManagerDefinition' && stored) return ['ConflictException', 'A definition exists', missing];
      if (operation !== 'CreateAlertManagerDefinition' && !stored) return ['ResourceNotFoundException', 'Alert manager definition not found', missing];
      if (operation !== 'DeleteAlertManagerDefinition' && !text?.includes('alertmanager_config:')) {
        return ['ValidationException', 'alertmanager_config is missing', { reason: 'FIELD_VALIDATION_FAILED' }];
      }
      return undefined;
    })();
    if (problem) {
      const [name, message, members] = problem;
      this.fail(response, name, { message, ...members });
    }
    return problem !== undefined;
  }

  private start(operation: Operation, id: string, text = ''): void {
    const before = this.workspaces.get(id);
    this.accepted.push({ operation, workspaceId: id, before: before?.data, after: operation === 'DeleteAlertManagerDefinition' ? undefined : text });
    const remaining = this.options.delay?.() ?? 0;
    const reason = this.options.validate?.(text);
    if (operation === 'DeleteAlertManagerDefinition') {
      this.workspaces.set(id, { ...before, data: before?.data ?? '', statusCode: 'DELETING', remaining, finish: () => this.workspaces.set(id, undefined) });
      return;
    }
    const [inProgress, failed] = before ? ['UPDATING', 'UPDATE_FAILED'] : ['CREATING', 'CREATION_FAILED'];
    this.workspaces.set(id, {
      data: text,
      effective: before?.effective,
      statusCode: inProgress,
      remaining,
      finish: () => this.workspaces.set(id, reason === undefined
        ? { data: text, effective: text, statusCode: 'ACTIVE', remaining: 0 }
        : {
          data: this.options.showsFailedUpdate === false ? before?.effective ?? text : text,
          effective: before?.effective,
          statusCode: failed,
          statusReason: reason,
          remaining: 0,
        }),
    });
  }

  private accept(response: ServerResponse, operation: Operation, id: string): void {
    const statusCode = this.workspaces.get(id)?.statusCode ?? 'DELETING';
    this.succeed(response, operation, operation === 'DeleteAlertManagerDefinition' ? {} : { status: { statusCode } });
  }

  private succeed(response: ServerResponse, operation: Operation, output: object): void {
    const { status, output: shape } = model.operations[operation];
    this.send(response, status, output, shape ?? { type: 'structure' }, operation);
  }

  private fail(response: ServerResponse, name: ErrorName, members: object): void {
    response.setHeader('x-amzn-errortype', name);
    this.send(response, model.errors[name].status, members, model.errors[name], name);
  }

  private send(response: ServerResponse, status: number, members: object, shape: Shape, name: string): void {
    this.ownViolations.push(...checkShape(members, shape).map((violation) => `${name}: ${violation.name} ${violation.message}`));
    sendJson(response, status, members);
  }
}
