import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AwsSolutionsChecks } from 'cdk-nag';
import { AmpPagerDutyAlerting, Delivery } from '../../src';

/** What cdk-nag says of a stack, as `AwsSolutions-X1 path`. */
function objectionsTo(build: (stack: Stack) => void): string[] {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  build(stack);
  Aspects.of(app).add(new AwsSolutionsChecks());
  const any = Match.stringLikeRegexp('AwsSolutions-.*');
  return [...Annotations.fromStack(stack).findError('*', any), ...Annotations.fromStack(stack).findWarning('*', any)]
    .map(({ id, entry }) => `${/AwsSolutions-\w+/.exec(String(entry.data))?.[0] ?? ''} ${id}`);
}

/** Suppressions in the template, which each need a reason that a reviewer can follow. */
function suppressionsIn(stack: Stack): Array<{ id: string; reason: string }> {
  return stack.node.findAll().flatMap((node) => {
    const metadata = (node as { getMetadata?: (key: string) => { rules_to_suppress: Array<{ id: string; reason: string }> } | undefined }).getMetadata;
    return metadata?.call(node, 'cdk_nag')?.rules_to_suppress ?? [];
  });
}

test('cdk-nag AwsSolutions has no objection to the defaults', () => {
  expect(objectionsTo((stack) => new AmpPagerDutyAlerting(stack, 'Alerting', { outputs: true }))).toEqual([]);
});

test('cdk-nag AwsSolutions has no objection to a customer-managed key', () => {
  expect(objectionsTo((stack) => new AmpPagerDutyAlerting(stack, 'Alerting', {
    delivery: Delivery.relay({ encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }) }),
  }))).toEqual([]);
});

test('one rule is suppressed, with a reason', () => {
  const stack = new Stack();
  new AmpPagerDutyAlerting(stack, 'Alerting');
  expect(suppressionsIn(stack)).toEqual([{ id: 'AwsSolutions-SMG4', reason: expect.stringMatching(/\w+ \w+ \w+/) as unknown }]);
});

test('cdk-nag would object to a key that is never rotated', () => {
  expect(objectionsTo((stack) => new kms.Key(stack, 'Key'))).toEqual(['AwsSolutions-KMS5 /Stack/Key/Resource']);
});
