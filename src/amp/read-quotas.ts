import { Duration, Token } from 'aws-cdk-lib';
import { AmpQuotas } from './amp-quotas';
import type { Finding } from '../findings/finding';
import { presentOptions } from '../findings/present-options';
import { FindingReporter } from '../findings/reporter';

/** What configuration and rules are checked against. */
export interface Quotas {
  readonly routes: number;
  readonly inhibitRules: number;
  readonly templates: number;
  readonly rules: number;
  readonly minimumRuleIntervalMilliseconds: number;
}

/**
 * What AWS grants to everybody.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP_quotas.html
 */
export const DEFAULT_QUOTAS: Quotas = {
  routes: 100,
  inhibitRules: 100,
  templates: 100,
  rules: 2000,
  minimumRuleIntervalMilliseconds: 30_000,
};

export interface QuotasResult {
  /** With the defaults for what is not given, or wrong. */
  readonly quotas: Quotas;
  readonly findings: readonly Finding[];
}

/** Reads the prop `quotas`. They decide at synthesis, so none can be a value that is known only at deployment. */
export function readQuotas(quotas: AmpQuotas | undefined): QuotasResult {
  const given = presentOptions(quotas);
  const reporter = FindingReporter.forProps();
  const count = (name: 'routes' | 'inhibitRules' | 'templates' | 'rules'): number => {
    const value = given[name] ?? DEFAULT_QUOTAS[name];
    return isFine(name, Token.isUnresolved(value), value, 'a whole number, at least 1', reporter) ? value : DEFAULT_QUOTAS[name];
  };
  return {
    quotas: {
      routes: count('routes'),
      inhibitRules: count('inhibitRules'),
      templates: count('templates'),
      rules: count('rules'),
      minimumRuleIntervalMilliseconds: readInterval(given.minimumRuleInterval, reporter),
    },
    findings: reporter.findings,
  };
}

/** @param given JavaScript lets a number through where TypeScript wants a duration. */
function readInterval(given: unknown, reporter: FindingReporter): number {
  const usual = DEFAULT_QUOTAS.minimumRuleIntervalMilliseconds;
  if (given === undefined) {
    return usual;
  }
  if (!(given instanceof Duration)) {
    reporter.error('quotas.minimumRuleInterval', {
      code: 'quota-invalid', message: 'minimumRuleInterval is not a Duration', fix: 'write it as a duration, such as Duration.seconds(10)',
    });
    return usual;
  }
  const unresolved = given.isUnresolved();
  const milliseconds = unresolved ? 0 : given.toMilliseconds({ integral: false });
  return isFine('minimumRuleInterval', unresolved, milliseconds, 'a duration of whole milliseconds, at least 1', reporter) ? milliseconds : usual;
}

function isFine(name: keyof AmpQuotas, unresolved: boolean, value: number, allowed: string, reporter: FindingReporter): boolean {
  if (!unresolved && Number.isSafeInteger(value) && value >= 1) {
    return true;
  }
  const unit = name === 'minimumRuleInterval' ? ' milliseconds' : '';
  reporter.error(`quotas.${name}`, {
    code: 'quota-invalid',
    message: unresolved ? `${name} is a value that is known only at deployment` : `${name} is ${value}${unit}`,
    fix: unresolved ? `write it as ${allowed}: the quotas are compared when the app is synthesized` : `it must be ${allowed}`,
  });
  return false;
}
