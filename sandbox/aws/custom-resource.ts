import { createHash } from 'crypto';
import { readBody, serve, type LoopbackServer } from '../net/loopback';

/** What a custom resource answers to CloudFormation. */
export interface CustomResourceAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

export type Properties = Readonly<Record<string, unknown>>;

/** How CloudFormation invokes the function: asynchronously, and at least once. */
export type Deliver = (event: object) => Promise<unknown>;

/** CloudFormation's limit for an answer, in bytes. */
const MAX_ANSWER_BYTES = 4096;

/**
 * AWS CloudFormation with one custom resource: creation, update, replacement, and removal, with the rollback that follows a failure.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export class CustomResourceStack {
  public static async start(name: string, deliver: Deliver): Promise<CustomResourceStack> {
    const stack = new CustomResourceStack(name, deliver);
    stack.server = await serve(async (request, response) => {
      const body = await readBody(request);
      if (body.length > MAX_ANSWER_BYTES) {
        stack.violations.push(`an answer of ${body.length} bytes`);
      }
      const answer = JSON.parse(body.toString('utf8')) as CustomResourceAnswer;
      // The first answer counts, as with CloudFormation.
      if (!stack.answers.has(answer.RequestId)) {
        stack.answers.set(answer.RequestId, answer);
      }
      response.writeHead(200).end();
    });
    return stack;
  }

  public readonly stackId: string;
  /** What a custom resource must not do. */
  public readonly violations: string[] = [];
  /** The answer that made the last rollback fail. The stack stays as it is then, until somebody removes the cause and continues the rollback. */
  public failedRollback?: CustomResourceAnswer;
  private readonly answers = new Map<string, CustomResourceAnswer>();
  private server?: LoopbackServer;
  private physicalId?: string;
  private properties?: Properties;
  private sequence = 0;

  private constructor(private readonly name: string, private readonly deliver: Deliver) {
    this.stackId = `arn:aws:cloudformation:us-east-1:123456789012:stack/${name}/${this.uuid('stack')}`;
  }

  /** Whether the resource is in the stack. */
  public get exists(): boolean {
    return this.physicalId !== undefined;
  }

  /** The properties of the last successful deployment. */
  public get deployed(): Properties | undefined {
    return this.properties;
  }

  /**
   * Creates or updates the resource.
   *
   * @param othersFail whether another resource fails afterwards, so that the whole deployment is rolled back.
   * @returns the answer to the creation or update, also when a rollback followed.
   */
  public async deploy(properties: Properties, othersFail = false): Promise<CustomResourceAnswer> {
    return this.physicalId === undefined
      ? this.create(properties, othersFail)
      : this.update(properties, othersFail, this.physicalId, this.properties ?? {});
  }

  /** Removes the resource. It stays in the stack if that fails. A resource with the deletion policy is not asked. */
  public async remove(): Promise<CustomResourceAnswer | undefined> {
    if (this.physicalId === undefined) {
      return undefined;
    }
    const answer = this.isRetained(this.properties) ? undefined : await this.request('Delete', this.properties ?? {}, this.physicalId);
    if (answer?.Status !== 'FAILED') {
      this.physicalId = undefined;
      this.properties = undefined;
    }
    return answer;
  }

  public async close(): Promise<void> {
    await this.server?.close();
  }

  private async create(properties: Properties, othersFail: boolean): Promise<CustomResourceAnswer> {
    const answer = await this.request('Create', properties);
    if (answer.Status === 'FAILED' || othersFail) {
      await this.request('Delete', properties, answer.PhysicalResourceId);
    } else {
      this.physicalId = answer.PhysicalResourceId;
      this.properties = properties;
    }
    return answer;
  }

  private async update(properties: Properties, othersFail: boolean, physicalId: string, old: Properties): Promise<CustomResourceAnswer> {
    const answer = await this.request('Update', properties, physicalId, old);
    if (answer.Status === 'FAILED') {
      await this.rollBack(old, physicalId, properties);
      return answer;
    }
    const isReplaced = answer.PhysicalResourceId !== physicalId;
    if (othersFail) {
      const isBack = await this.rollBack(old, answer.PhysicalResourceId, properties);
      if (isReplaced && isBack) {
        await this.request('Delete', properties, answer.PhysicalResourceId);
      }
      return answer;
    }
    if (isReplaced && !this.isRetained(old)) {
      await this.request('Delete', old, physicalId);
    }
    this.physicalId = answer.PhysicalResourceId;
    this.properties = properties;
    return answer;
  }

  private async rollBack(old: Properties, physicalId: string, properties: Properties): Promise<boolean> {
    const answer = await this.request('Update', old, physicalId, properties);
    this.failedRollback = answer.Status === 'FAILED' ? answer : undefined;
    return answer.Status === 'SUCCESS';
  }

  /** `RetainExceptOnCreate`: the resource stays, unless its own creation is rolled back. */
  private isRetained(properties: Properties | undefined): boolean {
    return properties?.OnRemoval === 'KEEP';
  }

  private async request(type: 'Create' | 'Update' | 'Delete', properties: Properties, physicalId?: string, old?: Properties): Promise<CustomResourceAnswer> {
    const requestId = this.uuid(`request-${++this.sequence}`);
    const date = new Date(Date.UTC(2026, 0, 1) + this.sequence * 60_000).toISOString().replace(/[:-]|\.\d{3}/g, '');
    await this.deliver({
      RequestType: type,
      ResponseURL: `${this.server?.url}/answer?X-Amz-Date=${date}&X-Amz-Expires=7200`,
      StackId: this.stackId,
      RequestId: requestId,
      ResourceType: 'Custom::AmpAlertManagerDefinition',
      LogicalResourceId: 'Definition',
      ...(physicalId !== undefined && { PhysicalResourceId: physicalId }),
      ResourceProperties: properties,
      ...(old !== undefined && { OldResourceProperties: old }),
    });
    const answer = this.answers.get(requestId);
    if (answer === undefined) {
      throw new Error(`${this.name}: the ${type} was not answered`);
    }
    if (answer.StackId !== this.stackId || answer.LogicalResourceId !== 'Definition') {
      this.violations.push(`an answer to ${type} for another stack or resource`);
    }
    return answer;
  }

  /** The same run gives the same ids. */
  private uuid(of: string): string {
    const hex = createHash('sha256').update(`${this.name} ${of}`).digest('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  }
}
