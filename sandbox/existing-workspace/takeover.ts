import { createHash } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { Provider } from './provider';
import { withoutStamp } from '../../lambda/definition/stamp';
import { DefinitionProperty, ExistingDefinition, OnRemoval } from '../../src/contract/definition';
import type { Alerting, DeployedDefinitionResource } from '../assembly/alerting';
import { AssemblyError } from '../assembly/template';
import type { CustomResourceAnswer, CustomResourceStack, Properties } from '../aws/custom-resource';
import type { Processes } from '../processes/processes';
import { StoryError } from '../story/story';
import type { Timeline } from '../story/timeline';

const HAND_MADE = path.join(__dirname, 'hand-made.yml');

/** The bucket for what is replaced, in an assembly that refuses to replace and so has none. */
const BUCKET = 'replaced-definitions';

/** A workspace of the same account that has, by chance, the definition of the stack. */
const TWIN = 'ws-00000000-0000-0000-0000-000000000000';

/**
 * The story around that of the incident: a workspace has a definition that somebody wrote by hand, the stack takes the workspace
 * over, and gives it back at the end.
 */
export class Takeover {
  private readonly handMade = fs.readFileSync(HAND_MADE, 'utf8');
  private provider?: Provider;
  private stack?: CustomResourceStack;
  private alerting?: Alerting;

  constructor(private readonly timeline: Timeline) {}

  /** Shows what a deployment does to the workspace, and returns the definition that AMP has afterward. */
  public async deploy(alerting: Alerting, processes: Processes): Promise<string> {
    const resource = alerting.definitionResource;
    if (!resource) {
      throw new AssemblyError(`${alerting.stackName} owns its workspace; --existing-workspace needs a stack with AlertingWorkspace.existing(...)`);
    }
    const provider = await Provider.start(resource.provider, processes);
    this.provider = provider;
    const stack = await provider.newStack(alerting.stackName);
    this.stack = stack;
    this.alerting = alerting;
    provider.plane.createWorkspace(alerting.workspace.id, this.handMade);
    this.timeline.say(`the workspace ${alerting.workspace.id} has a definition that somebody wrote by hand: ${describe(this.handMade)}`);
    await this.refuse(provider, stack, resource);
    await this.adopt(provider, resource);
    return this.replace(provider, stack, resource);
  }

  /** Removes the construct from the stack, and returns what the workspace has afterward, in words. */
  public async remove(): Promise<string> {
    const { provider, stack, alerting } = this;
    if (!provider || !stack || !alerting?.definitionResource) {
      throw new StoryError('nothing was deployed that could be removed');
    }
    const { logicalId, properties } = alerting.definitionResource;
    const onRemoval = String(properties[DefinitionProperty.ON_REMOVAL]);
    const answer = await stack.remove();
    this.say(`the construct leaves the stack, with OnRemoval.${onRemoval}`, [
      `DELETE_${answer === undefined ? 'SKIPPED' : answer.Status === 'SUCCESS' ? 'COMPLETE' : 'FAILED'}  ${logicalId}  ${answer?.Reason ?? ''}`,
    ]);
    const left = provider.plane.effective(alerting.workspace.id);
    const [isExpected, words] = this.outcome(onRemoval, left, alerting.definition);
    this.expect(isExpected, `after the removal with OnRemoval.${onRemoval}, the workspace has ${left === undefined ? 'no definition' : describe(left)}`);
    this.timeline.say(words);
    return words;
  }

  public async close(): Promise<void> {
    await this.provider?.close();
  }

  private async refuse({ plane }: Provider, stack: CustomResourceStack, resource: DeployedDefinitionResource): Promise<void> {
    const answer = await stack.deploy({ ...resource.properties, [DefinitionProperty.EXISTING_DEFINITION]: ExistingDefinition.REFUSE });
    this.sayDeployed('a deployment with ExistingDefinition.REFUSE', answer, resource);
    this.expect(answer.Status === 'FAILED', 'a definition that the stack did not write was not refused');
    this.expect(this.definitionOf(plane) === this.handMade, 'the refusal changed the definition');
    this.timeline.say('the workspace has the definition that was written by hand, byte for byte');
  }

  private async adopt(provider: Provider, resource: DeployedDefinitionResource): Promise<void> {
    const { plane } = provider;
    const same = this.alerting?.definition ?? '';
    plane.createWorkspace(TWIN, same);
    const stack = await provider.newStack(`${this.alerting?.stackName ?? ''}-twin`);
    const answer = await stack.deploy({
      ...resource.properties,
      [DefinitionProperty.WORKSPACE_ID]: TWIN,
      [DefinitionProperty.EXISTING_DEFINITION]: ExistingDefinition.REFUSE,
    });
    this.sayDeployed('the same deployment to another workspace, which has the definition of the stack already', answer, resource);
    this.expect(answer.Status === 'SUCCESS', 'the same definition was not adopted');
    this.expect(withoutStamp(plane.effective(TWIN) ?? '') === same, 'the adopted definition was changed');
    this.timeline.say('the definition is adopted, and says the same as before');
  }

  private async replace({ plane, objects }: Provider, stack: CustomResourceStack, resource: DeployedDefinitionResource): Promise<string> {
    const properties: Properties = {
      [DefinitionProperty.BACKUP_BUCKET]: BUCKET,
      ...resource.properties,
      [DefinitionProperty.EXISTING_DEFINITION]: ExistingDefinition.REPLACE,
    };
    const answer = await stack.deploy(properties);
    this.sayDeployed('a deployment with ExistingDefinition.REPLACE', answer, resource);
    this.expect(answer.Status === 'SUCCESS', 'the definition was not replaced');
    const held = this.definitionOf(plane) ?? '';
    this.expect(withoutStamp(held) === this.alerting?.definition, 'the workspace does not have the definition of the assembly');
    const [place] = [...objects.objects].find(([, body]) => body === this.handMade) ?? [];
    this.expect(place !== undefined, 'no copy of the replaced definition is in the bucket');
    this.timeline.say(`the workspace has the definition of the stack: ${describe(held)}\nthe copy of the other is ${place}`);
    return held;
  }

  private definitionOf(plane: Provider['plane']): string | undefined {
    return plane.effective(this.alerting?.workspace.id ?? '');
  }

  /** Whether the workspace has what the option promises, and what that is. */
  private outcome(onRemoval: string, left: string | undefined, ours: string): [boolean, string] {
    switch (onRemoval) {
      case OnRemoval.RESTORE:
        return [left === this.handMade, `the workspace has the definition that was written by hand again, byte for byte: ${describe(this.handMade)}`];
      case OnRemoval.DELETE:
        return [left === undefined, 'the workspace has no definition anymore'];
      default:
        return [withoutStamp(left ?? '') === ours, 'the workspace keeps the definition of the stack'];
    }
  }

  /** What AWS CloudFormation shows. */
  private sayDeployed(what: string, { Status: status, Reason: reason }: CustomResourceAnswer, { logicalId }: DeployedDefinitionResource): void {
    this.say(what, status === 'SUCCESS'
      ? [`CREATE_COMPLETE  ${logicalId}`]
      : [`CREATE_FAILED  ${logicalId}  Received response status [FAILED] from custom resource. Message returned: ${reason ?? ''}`, 'ROLLBACK_COMPLETE']);
  }

  private say(what: string, events: readonly string[]): void {
    this.timeline.say([`${what}; AWS CloudFormation shows:`, ...events.map((event) => `  ${event.trimEnd()}`)].join('\n'));
  }

  private expect(isExpected: boolean, problem: string): void {
    if (!isExpected) {
      throw new StoryError(`${problem}\n\n${this.provider?.describeTail() ?? ''}`);
    }
  }
}

function describe(text: string): string {
  return `${Buffer.byteLength(text)} bytes, SHA-256 ${createHash('sha256').update(text).digest('hex')}`;
}
