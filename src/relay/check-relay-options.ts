import { Duration, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { checkRegion } from './check-region';
import { EnvironmentBudget, sizeInBytes } from './environment-size';
import { NotificationTopic } from './notification-topic';
import { PagerDutySeverity, RelayOptions } from './relay-options';
import { FindingCode } from '../findings/codes';
import { Finding, FindingSeverity } from '../findings/finding';

/** Minimum and maximum values. The docstrings of {@link RelayOptions} state them, too. */
export const RelayLimit = {
  RETRY_WINDOW: { min: Duration.minutes(5), max: Duration.days(7) },
  /** Lambda's limits for an SQS event source. */
  MAX_CONCURRENCY: { min: 2, max: 1000 },
  /** Lambda's limits, in MiB. */
  MEMORY_SIZE: { min: 128, max: 10240 },
} as const;

/** Checks the settings of the relay. */
export function checkRelayOptions(options: RelayOptions, scope: Construct): Finding[] {
  return [
    ...checkRetryWindow(options.retryWindow),
    ...checkRange('max-concurrency-invalid', 'maxConcurrency', options.maxConcurrency, RelayLimit.MAX_CONCURRENCY),
    ...checkRange('memory-size-invalid', 'memorySize', options.memorySize, RelayLimit.MEMORY_SIZE),
    ...checkSeverities(options.severities ?? {}),
    ...checkTopic(options.topic, scope),
    ...checkKey('encryptionKey', options.encryptionKey),
    ...checkKey('topic', options.topic?.masterKey),
    ...checkRegion('key-other-region', 'delivery.encryptionKey', 'key', options.encryptionKey, scope),
  ];
}

function checkRetryWindow(window: Duration | undefined): Finding[] {
  if (window === undefined || window.isUnresolved()) {
    return [];
  }
  const { min, max } = RelayLimit.RETRY_WINDOW;
  const seconds = window.toSeconds({ integral: false });
  if (Number.isInteger(seconds) && seconds >= min.toSeconds() && seconds <= max.toSeconds()) {
    return [];
  }
  return [error(
    'retry-window-invalid', 'retryWindow',
    `the retry window is ${seconds} seconds`,
    `it has to be whole seconds, at least ${min.toSeconds()} (${min.toHumanString()}) and at most ${max.toSeconds()} (${max.toHumanString()})`,
  )];
}

function checkRange(code: FindingCode, prop: string, value: number | undefined, { min, max }: { min: number; max: number }): Finding[] {
  if (value === undefined || Token.isUnresolved(value) || (Number.isInteger(value) && value >= min && value <= max)) {
    return [];
  }
  return [error(code, prop, `${prop} is ${value}`, `it has to be a whole number, at least ${min} and at most ${max}`)];
}

function checkSeverities(severities: { [rendered: string]: PagerDutySeverity }): Finding[] {
  const findings: Finding[] = [];
  const seen = new Map<string, string>();
  const allowed: readonly string[] = Object.values(PagerDutySeverity);
  for (const [rendered, severity] of Object.entries(severities)) {
    const path = `severities[${JSON.stringify(rendered)}]`;
    // Tokens are refused, too: with a severity that it does not know, the receive function would fail to start.
    if (!allowed.includes(severity)) {
      findings.push(error('severities-invalid', path, `"${severity}" is no severity of PagerDuty`, `use one of ${allowed.join(', ')}`));
    }
    if (Token.isUnresolved(rendered)) {
      findings.push(error('severities-invalid', path, 'the severity to map is a token, so it is unknown before deployment', 'write it as text'));
      continue;
    }
    const normalised = normaliseSeverity(rendered);
    const twin = seen.get(normalised);
    if (normalised === '') {
      findings.push(error('severities-invalid', path, 'the severity to map is empty', 'leave it out: an empty severity is always sent as error'));
    } else if (twin !== undefined) {
      findings.push(error('severities-invalid', path, `"${rendered}" and "${twin}" are the same severity`, 'keep one of them: upper and lower case do not count'));
    }
    seen.set(normalised, rendered);
  }
  const size = sizeInBytes(JSON.stringify(severities));
  if (size > EnvironmentBudget.SEVERITY_MAP) {
    findings.push(error('severities-invalid', 'severities',
      `the severities take ${size} bytes`, `map fewer of them: there is room for ${EnvironmentBudget.SEVERITY_MAP} bytes as JSON`));
  }
  return findings;
}

/** The form in which the receive function looks up a severity: trimmed, in lowercase. */
export function normaliseSeverity(rendered: string): string {
  return rendered.trim().toLowerCase();
}

/** AWS's own keys, such as `alias/aws/sns`: nobody can admit AMP to them. */
function checkKey(prop: string, key: kms.IKey | undefined): Finding[] {
  const alias = /\balias\/aws\/[\w-]+/.exec(key?.keyArn ?? '')?.[0];
  return alias === undefined ? [] : [error(
    'key-aws-managed', prop,
    `the key ${alias} is managed by AWS, and its policy does not admit AMP`,
    'use a customer-managed key; or none, as neither the topic nor the queues need one',
  )];
}

function checkTopic(topic: sns.ITopic | undefined, scope: Construct): Finding[] {
  if (topic === undefined) {
    return [];
  }
  const findings: Finding[] = [];
  if (topic.fifo) {
    findings.push(error('topic-fifo', 'topic', `the topic ${topic.node.path} is a FIFO topic`, 'use a standard topic: AMP publishes to no other'));
  }
  if (scope.node.root.node.findAll().some((node) => node instanceof NotificationTopic && node.topic === topic)) {
    findings.push(error('topic-shared', 'topic', `the topic ${topic.node.path} is the topic of another AmpPagerDutyAlerting already`,
      'use a topic for each: both would page for the alerts of both'));
  }
  const stack = Stack.of(scope);
  for (const [kind, theirs, ours] of [['account', topic.env.account, stack.account], ['region', topic.env.region, stack.region]]) {
    if (Token.compareStrings(theirs, ours) === TokenComparison.DIFFERENT) {
      findings.push(error(
        'topic-other-environment', 'topic',
        `the topic ${topic.node.path} is in ${kind} ${theirs}, the workspace will be in ${kind} ${ours}`,
        `use a topic in ${kind} ${ours}`,
      ));
    }
  }
  return findings;
}

function error(code: FindingCode, path: string, message: string, fix: string): Finding {
  return { code, severity: FindingSeverity.ERROR, message, fix, path: `delivery.${path}` };
}
