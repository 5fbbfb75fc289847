import { App, AppProps, Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AmpPagerDutyAlerting, AmpPagerDutyAlertingProps } from '../../src';
import { FindingsError } from '../../src/findings/findings-error';

/** A resource of a template, as far as the tests look at it. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: Record<string, unknown>;
}

export interface Synthesized {
  readonly stack: Stack;
  readonly alerting: AmpPagerDutyAlerting;
  readonly template: Template;
  readonly resources: Record<string, Resource>;
}

export function newStack(env?: Environment, appProps?: AppProps): Stack {
  return new Stack(new App(appProps), 'Stack', { env });
}

/** A stack with the construct alone, named as in the documentation. */
export function synthesize(props: AmpPagerDutyAlertingProps = {}, stack = newStack()): Synthesized {
  const alerting = new AmpPagerDutyAlerting(stack, 'Alerting', props);
  return { stack, alerting, ...templateOf(stack) };
}

export function templateOf(stack: Stack): { template: Template; resources: Record<string, Resource> } {
  const template = Template.fromStack(stack);
  return { template, resources: (template.toJSON() as { Resources: Record<string, Resource> }).Resources };
}

/** The logical id of the resource behind a construct. */
export function idOf(stack: Stack, reference: string): string {
  const resolved = stack.resolve(reference) as { 'Ref'?: string; 'Fn::GetAtt'?: [string, string] };
  const id = resolved.Ref ?? resolved['Fn::GetAtt']?.[0];
  if (id === undefined) {
    throw new Error(`no reference to a resource: ${JSON.stringify(resolved)}`);
  }
  return id;
}

/** The findings that the construct refuses the props with. */
export function refusal(props: AmpPagerDutyAlertingProps, stack?: Stack): FindingsError {
  try {
    synthesize(props, stack);
  } catch (error) {
    if (error instanceof FindingsError) {
      return error;
    }
    throw error;
  }
  throw new Error('the props were not refused');
}
