import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { Finding } from './finding';
import { formatWarning, limitFindings } from './format';

/** What the id of every warning begins with. */
export const WARNING_PREFIX = 'cdk-amp-pagerduty:';

/**
 * The id by which a warning is acknowledged: `cdk-amp-pagerduty:<code>:<subject>`. The subject is the name of what the warning is
 * about, so acknowledging it for one receiver does not silence the next.
 */
export function warningId({ code, subject }: Pick<Finding, 'code' | 'subject'>): string {
  // One line, and without the bracket that ends an id in the output of the CDK.
  const name = subject?.replace(/[\s\]]+/g, ' ').trim();
  return WARNING_PREFIX + code + (name ? `:${name}` : '');
}

/** Adds a warning to the app. It can be acknowledged by its id on the scope or on anything around it. */
export function warn(scope: IConstruct, finding: Omit<Finding, 'severity'>): void {
  Annotations.of(scope).addWarningV2(warningId(finding), formatWarning(finding));
}

/** Adds all warnings; of a file with too many, one more that counts the rest. */
export function warnOfAll(scope: IConstruct, findings: readonly Finding[]): void {
  const { listed, notes } = limitFindings(findings);
  listed.forEach((finding) => warn(scope, finding));
  notes.forEach((message) => warn(scope, { code: 'findings-not-listed', message }));
}
