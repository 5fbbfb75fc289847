import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';

/** What cdk-nag says of the stacks of an app, as `AwsSolutions-X1 path`. */
export function objectionsTo(app: App): string[] {
  Aspects.of(app).add(new AwsSolutionsChecks());
  const any = Match.stringLikeRegexp('AwsSolutions-.*');
  return app.node.children.filter((child): child is Stack => Stack.isStack(child)).flatMap((stack) =>
    [...Annotations.fromStack(stack).findError('*', any), ...Annotations.fromStack(stack).findWarning('*', any)]
      .map(({ id, entry }) => `${/AwsSolutions-\w+/.exec(String(entry.data))?.[0] ?? ''} ${id}`));
}
