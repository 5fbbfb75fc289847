import { Duration, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { checkRegion } from './check-region';
import { EnvironmentBudget, sizeInBytes } from './environment-size';
import { NotificationTopic } from './notification-topic';
import { PagerDutySeverity, RelayOptions } from './relay-options';
import { FindingCode } from '../findings/codes';
import type { Finding } from '../findings/finding';
import { FindingReporter } from '../findings/reporter';

/** Minimum and maximum values. The docstrings of {@link RelayOptions} state them, too. */
export const RelayLimit = {
  RETRY_WINDOW: { min: Duration.minutes(5), max: Duration.days(7) },
  /** Lambda's limits for an SQS event source. */
  MAX_CONCURRENCY: { min: 2, max: 1000 },
  /** Lambda's limits, in MiB. */
  MEMORY_SIZE: { min: 128, max: 10240 },
} as const;

/** Checks the settings of the relay. */
export function checkRelayOptions(options: RelayOptions, scope: Construct): readonly Finding[] {
  const reporter = FindingReporter.forProps();
  checkRetryWindow(options.retryWindow, reporter);
  checkRange('max-concurrency-invalid', 'maxConcurrency', options.maxConcurrency, RelayLimit.MAX_CONCURRENCY, reporter);
  checkRange('max-concurrency-invalid', 'notify.maxConcurrency', options.notify?.maxConcurrency, RelayLimit.MAX_CONCURRENCY, reporter);
  checkRange('memory-size-invalid', 'memorySize', options.memorySize, RelayLimit.MEMORY_SIZE, reporter);
  checkSeverities(options.severities ?? {}, reporter);
  checkTopic(options.topic, scope, reporter);
  checkNetwork(options, reporter);
  checkKey('encryptionKey', options.encryptionKey, reporter);
  checkKey('topic', options.topic?.masterKey, reporter);
  checkRegion({ code: 'key-other-region', prop: 'delivery.encryptionKey', kind: 'key' }, options.encryptionKey, scope, reporter);
  return reporter.findings;
}

/** @param window JavaScript lets a number through where TypeScript wants a duration. */
function checkRetryWindow(window: unknown, reporter: FindingReporter): void {
  const { min, max } = RelayLimit.RETRY_WINDOW;
  if (window !== undefined && !(window instanceof Duration)) {
    reporter.error('delivery.retryWindow', {
      code: 'retry-window-invalid', message: 'the retry window is not a Duration', fix: 'write it as a duration, such as Duration.hours(24)',
    });
    return;
  }
  if (window === undefined || window.isUnresolved()) {
    return;
  }
  const seconds = window.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds < min.toSeconds() || seconds > max.toSeconds()) {
    reporter.error('delivery.retryWindow', {
      code: 'retry-window-invalid',
      message: `the retry window is ${seconds} seconds`,
      fix: `it must be whole seconds, at least ${min.toSeconds()} (${min.toHumanString()}) and at most ${max.toSeconds()} (${max.toHumanString()})`,
    });
  }
}

/** A setting that would be ignored, and a proxy that Node.js or a reviewer could not accept. */
function checkNetwork({ vpc, subnets, securityGroups, httpsProxy, notify = {} }: RelayOptions, reporter: FindingReporter): void {
  const needingVpc = [
    ...(vpc === undefined ? Object.entries({ subnets, securityGroups }) : []),
    ...(notify.vpc === undefined ? Object.entries({ 'notify.vpcSubnets': notify.vpcSubnets, 'notify.securityGroups': notify.securityGroups }) : []),
  ];
  for (const [prop] of needingVpc.filter(([, value]) => value !== undefined)) {
    reporter.error(`delivery.${prop}`, { code: 'network-invalid', message: `${prop} is set without vpc`, fix: 'set vpc as well' });
  }
  checkProxy('httpsProxy', httpsProxy, reporter);
  checkProxy('notify.httpsProxy', notify.httpsProxy, reporter);
}

function checkProxy(prop: string, httpsProxy: string | undefined, reporter: FindingReporter): void {
  if (httpsProxy !== undefined && !Token.isUnresolved(httpsProxy)) {
    const url = URL.canParse(httpsProxy) ? new URL(httpsProxy) : undefined;
    const isProxy = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
    if (!isProxy || sizeInBytes(httpsProxy) > EnvironmentBudget.PROXY) {
      // Not quoted: it can contain credentials.
      reporter.error(`delivery.${prop}`, {
        code: 'network-invalid',
        message: `${prop} is not the http:// or https:// URL of a proxy without credentials`,
        fix: `use a URL such as http://proxy.example.com:3128, of at most ${EnvironmentBudget.PROXY} bytes`,
      });
    }
  }
}

function checkRange(
  code: FindingCode, prop: string, value: number | undefined, { min, max }: { min: number; max: number }, reporter: FindingReporter,
): void {
  if (value !== undefined && !Token.isUnresolved(value) && !(Number.isInteger(value) && value >= min && value <= max)) {
    reporter.error(`delivery.${prop}`, { code, message: `${prop} is ${value}`, fix: `it must be a whole number, at least ${min} and at most ${max}` });
  }
}

function checkSeverities(severities: { [rendered: string]: PagerDutySeverity }, reporter: FindingReporter): void {
  const refuse = (path: string, message: string, fix: string): void =>
    reporter.error(`delivery.${path}`, { code: 'severities-invalid', message, fix });
  const seen = new Map<string, string>();
  const allowed: readonly string[] = Object.values(PagerDutySeverity);
  // Sorted: some languages give the entries in another order on each run, and findings must not move.
  for (const [rendered, severity] of Object.entries(severities).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = `severities[${JSON.stringify(rendered)}]`;
    // Tokens are refused, too: with a severity that it does not know, the receive function would fail to start.
    if (!allowed.includes(severity)) {
      refuse(path, `"${severity}" is not a severity of PagerDuty`, `use one of ${allowed.join(', ')}`);
    }
    if (Token.isUnresolved(rendered)) {
      refuse(path, 'the severity to map is a token, so it is unknown before deployment', 'write it as text');
      continue;
    }
    const normalized = normalizeSeverity(rendered);
    const twin = seen.get(normalized);
    if (normalized === '') {
      refuse(path, 'the severity to map is empty', 'leave it out: an empty severity is always sent as error');
    } else if (twin !== undefined) {
      refuse(path, `"${rendered}" and "${twin}" are the same severity`, 'keep one of them: upper and lower case do not count');
    }
    seen.set(normalized, rendered);
  }
  const size = sizeInBytes(JSON.stringify(severities));
  if (size > EnvironmentBudget.SEVERITY_MAP) {
    refuse('severities', `the severities take ${size} bytes`, `map fewer of them: at most ${EnvironmentBudget.SEVERITY_MAP} bytes as JSON are allowed`);
  }
}

/** The form in which the receive function looks up a severity: trimmed, in lowercase. */
export function normalizeSeverity(rendered: string): string {
  return rendered.trim().toLowerCase();
}

/** AWS's own keys, such as `alias/aws/sns`: nobody can admit AMP to them. */
function checkKey(prop: string, key: kms.IKey | undefined, reporter: FindingReporter): void {
  const alias = /\balias\/aws\/[\w-]+/.exec(key?.keyArn ?? '')?.[0];
  if (alias !== undefined) {
    reporter.error(`delivery.${prop}`, {
      code: 'key-aws-managed',
      message: `the key ${alias} is managed by AWS, and its policy does not admit AMP`,
      fix: 'use a customer-managed key; or none, as neither the topic nor the queues need one',
    });
  }
}

function checkTopic(topic: sns.ITopic | undefined, scope: Construct, reporter: FindingReporter): void {
  if (topic === undefined) {
    return;
  }
  if (topic.fifo) {
    reporter.error('delivery.topic', {
      code: 'topic-fifo', message: `the topic ${topic.node.path} is a FIFO topic`, fix: 'use a standard topic: AMP publishes to no other',
    });
  }
  if (scope.node.root.node.findAll().some((node) => node instanceof NotificationTopic && node.topic === topic)) {
    reporter.error('delivery.topic', {
      code: 'topic-shared',
      message: `the topic ${topic.node.path} is the topic of another AmpPagerDutyAlerting already`,
      fix: 'use a topic for each: both would page for the alerts of both',
    });
  }
  const stack = Stack.of(scope);
  for (const [kind, theirs, ours] of [['account', topic.env.account, stack.account], ['region', topic.env.region, stack.region]]) {
    if (Token.compareStrings(theirs, ours) === TokenComparison.DIFFERENT) {
      reporter.error('delivery.topic', {
        code: 'topic-other-environment',
        message: `the topic ${topic.node.path} is in ${kind} ${theirs}, the workspace will be in ${kind} ${ours}`,
        fix: `use a topic in ${kind} ${ours}`,
      });
    }
  }
}
