import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { GrafanaAuth, GrafanaPlugin, type AccessOptions, type CollectorOptions, type GrafanaOptions } from './metric-options';
import { checkChoice } from '../findings/check-choice';
import { throwOnErrors } from '../findings/findings-error';
import { presentOptions } from '../findings/present-options';
import { FindingReporter } from '../findings/reporter';

/** As Prometheus checks them: a scheme or a path makes it refuse the configuration. */
const SCRAPE_TARGET = /^[^\s/]+$/;

/** @throws FindingsError when the options contradict each other. */
export function checkAccess(scope: Construct, options: AccessOptions): AccessOptions {
  return check(scope, options, () => undefined);
}

/** @throws FindingsError when the options contradict each other, or nothing can be scraped. */
export function checkCollector(scope: Construct, options: CollectorOptions): CollectorOptions {
  return check(scope, options, ({ scrapeTargets }, reporter) => checkTargets(scrapeTargets, reporter));
}

/** @throws FindingsError when the options contradict each other, or a choice is unknown. */
export function checkGrafana(scope: Construct, options: GrafanaOptions): GrafanaOptions {
  return check(scope, options, ({ plugin, auth }, reporter) => {
    checkChoice('plugin', plugin, GrafanaPlugin, reporter);
    checkChoice('auth', auth, GrafanaAuth, reporter);
  });
}

function check<Options extends AccessOptions>(
  scope: Construct, given: Options, checkRest: (options: Options, reporter: FindingReporter) => void,
): Options {
  const options = presentOptions(given);
  const reporter = FindingReporter.forProps();
  if (options.externalId !== undefined && options.roleArn === undefined) {
    reporter.error('externalId', {
      code: 'external-id-without-role',
      message: `the external id "${options.externalId}" is given without a role`,
      fix: 'give roleArn as well, or leave externalId out',
    });
  }
  checkRest(options, reporter);
  throwOnErrors(reporter.findings, scope.node.path);
  return options;
}

function checkTargets(given: unknown, reporter: FindingReporter): void {
  if (given === undefined || Token.isUnresolved(given)) {
    return;
  }
  const fix = 'give a list of host:port, such as app.internal:9090, which is scraped at /metrics';
  const targets: readonly unknown[] | undefined = Array.isArray(given) ? given : undefined;
  if (targets === undefined || targets.length === 0) {
    reporter.error('scrapeTargets', { code: 'scrape-targets-invalid', message: `scrapeTargets is ${targets ? 'empty' : 'not a list'}`, fix });
    return;
  }
  targets.filter((target) => !Token.isUnresolved(target) && !SCRAPE_TARGET.test(String(target))).forEach((target) => {
    reporter.error('scrapeTargets', { code: 'scrape-targets-invalid', message: `the scrape target "${String(target)}" is not host:port`, fix });
  });
}
