import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ControlPlane, type ControlPlaneOptions } from '../../../sandbox/amp/control-plane';
import { CustomResourceStack, type Deliver, type Properties } from '../../../sandbox/aws/custom-resource';
import { ObjectStore } from '../../../sandbox/aws/objects';
import { FunctionProcess } from '../function-process';

/** The waits of the function, which are seconds, take milliseconds. Its time limits of 10 seconds stay. */
const FAST_WAITS = `
  const wait = global.setTimeout;
  global.setTimeout = (callback, ms, ...rest) => wait(callback, ms < 10000 ? ms / 1000 : ms, ...rest);
`;

/** AMP, Amazon S3, and the bundle of the function. */
export class DefinitionWorld {
  static async start(options: ControlPlaneOptions = {}): Promise<DefinitionWorld> {
    const [plane, objects] = await Promise.all([ControlPlane.start(options), ObjectStore.start()]);
    const start = (): FunctionProcess =>
      new FunctionProcess('definition', { AWS_ENDPOINT_URL_AMP: plane.url, AWS_ENDPOINT_URL_S3: objects.url }, FAST_WAITS);
    return new DefinitionWorld(plane, objects, start(), start());
  }

  private readonly stacks: CustomResourceStack[] = [];

  private constructor(
    readonly plane: ControlPlane, readonly objects: ObjectStore, readonly fn: FunctionProcess,
    /** A second execution environment, for invocations at the same time. */
    readonly twin: FunctionProcess,
  ) {}

  async newStack(name: string, deliver: Deliver = async (event) => this.fn.invoke(event)): Promise<CustomResourceStack> {
    const stack = await CustomResourceStack.start(name, deliver);
    this.stacks.push(stack);
    return stack;
  }

  async stop(): Promise<void> {
    await Promise.all([this.fn.stop(), this.twin.stop()]);
    await Promise.all([this.plane.close(), this.objects.close(), ...this.stacks.map((stack) => stack.close())]);
  }
}

/** A definition that AMP accepts, told apart by its receiver. */
export function definition(receiver: string): string {
  return `alertmanager_config: |\n  route:\n    receiver: ${receiver}\n  receivers:\n    - name: ${receiver}\n`;
}

/** What the construct writes into the template. */
export function propertiesFor(workspaceId: string, text: string, options: Partial<Record<'ExistingDefinition' | 'OnRemoval' | 'BackupBucket', string>> = {}): Properties {
  return {
    ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:definition',
    WorkspaceId: workspaceId,
    Definition: gzipSync(text).toString('base64'),
    Values: {},
    DefinitionSha256: createHash('sha256').update(text).digest('hex'),
    ExistingDefinition: 'REFUSE',
    OnRemoval: 'RESTORE',
    ...options,
  };
}

export const REPLACE = { ExistingDefinition: 'REPLACE', BackupBucket: 'backups' };

/** The definition that AMP works with, without the comment of the function. */
export function bodyOf(text: string | undefined): string | undefined {
  return text?.replace(/^# Written by AWS CloudFormation: .*\n/, '');
}
