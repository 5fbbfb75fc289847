import { ControlPlane } from '../amp/control-plane';
import type { DeployedFunction } from '../assembly/alerting';
import { assertRunnable } from '../assembly/functions';
import { CREDENTIAL_VARIABLES } from '../aws/credentials';
import { CustomResourceStack } from '../aws/custom-resource';
import { ObjectStore } from '../aws/objects';
import { HostedFunction } from '../lambda/hosted-function';
import { nodeForFunctions } from '../lambda/node-binary';
import { Closers } from '../pipeline/closers';
import type { Processes } from '../processes/processes';

/** How many descriptions an operation of AMP takes: it is in progress at the first. */
const DESCRIPTIONS = 1;

/** The function that sets a definition, as the assembly deploys it, with what it talks to: AMP, Amazon S3, and AWS CloudFormation. */
export class Provider {
  public static async start(definition: DeployedFunction, processes: Processes): Promise<Provider> {
    assertRunnable(definition);
    const closers = new Closers();
    try {
      const plane = await ControlPlane.start({ delay: () => DESCRIPTIONS });
      closers.add(() => plane.close());
      const objects = await ObjectStore.start();
      closers.add(() => objects.close());
      const hosted = new HostedFunction(definition, {
        processes,
        node: nodeForFunctions().path,
        variables: { ...CREDENTIAL_VARIABLES, AWS_ENDPOINT_URL_AMP: plane.url, AWS_ENDPOINT_URL_S3: objects.url },
      });
      closers.add(() => hosted.close());
      return new Provider(plane, objects, hosted, closers);
    } catch (error) {
      await closers.close();
      throw error;
    }
  }

  private constructor(
    public readonly plane: ControlPlane,
    public readonly objects: ObjectStore,
    private readonly hosted: HostedFunction,
    private readonly closers: Closers,
  ) {}

  /** A stack with one custom resource of this provider. */
  public async newStack(name: string): Promise<CustomResourceStack> {
    const stack = await CustomResourceStack.start(name, (event) => this.hosted.invoke(event));
    this.closers.add(() => stack.close());
    return stack;
  }

  /** The last lines that the function printed. */
  public describeTail(): string {
    return this.hosted.describeTail();
  }

  public async close(): Promise<void> {
    await this.closers.close();
  }
}
