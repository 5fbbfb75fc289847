import { Construct } from 'constructs';
import type { AccessOptions } from './metric-options';
import { throwOnErrors } from '../findings/findings-error';
import { FindingReporter } from '../findings/reporter';

/** @throws FindingsError when the options contradict each other. */
export function checkAccess<Options extends AccessOptions>(scope: Construct, options: Options): Options {
  const reporter = FindingReporter.forProps();
  if (options.externalId !== undefined && options.roleArn === undefined) {
    reporter.error('externalId', {
      code: 'external-id-without-role',
      message: `the external id "${options.externalId}" is given without a role`,
      fix: 'give roleArn as well, or leave externalId out',
    });
  }
  throwOnErrors(reporter.findings, scope.node.path);
  return options;
}
