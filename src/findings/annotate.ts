import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Finding, FindingSeverity } from './finding';
import { formatFinding } from './findings-error';

/** The prefix of every warning's id: `Annotations.of(scope).acknowledgeWarning('cdk-amp-pagerduty:<code>')` silences it. */
export const WARNING_PREFIX = 'cdk-amp-pagerduty:';

/** Shows a warning of the app, which can be acknowledged by the code of the finding. */
export function warn(scope: IConstruct, finding: Omit<Finding, 'severity'>): void {
  Annotations.of(scope).addWarningV2(`${WARNING_PREFIX}${finding.code}`, formatFinding({ ...finding, severity: FindingSeverity.WARNING }));
}
