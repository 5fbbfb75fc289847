import { createHash } from 'crypto';
import { DeliverEnvironment, NotifyEnvironment } from '../../src/contract/environment';
import { AddressPermission } from '../../src/contract/queued-notification';
import type { SysdigEndpoints } from '../../src/contract/sysdig';
import type { Alerting, DeployedFunction } from '../assembly/alerting';
import { CREDENTIAL_VARIABLES } from '../aws/credentials';
import type { Messaging } from '../aws/messaging';
import type { Secrets } from '../aws/secrets';
import type { Tables } from '../aws/tables';
import type { PagerDutySimulator } from '../pagerduty/simulator';
import type { ReceiverSimulators } from '../receivers/receiver-simulators';

/** What functions talk to. */
export interface Neighbors {
  readonly messaging: Messaging;
  readonly secrets: Secrets;
  readonly tables: Tables;
  readonly simulator: PagerDutySimulator;
  readonly receivers: ReceiverSimulators;
}

/** What the sandbox sets in a function's environment: addresses on this machine, and credentials. */
export function functionVariables(
  { environment }: DeployedFunction, { messaging, secrets, tables, simulator, receivers }: Neighbors,
): Record<string, string> {
  const endpoints = environment[DeliverEnvironment.PAGERDUTY_ENDPOINTS];
  const names = endpoints === undefined ? [] : Object.keys(JSON.parse(endpoints) as Record<string, string>);
  return {
    ...CREDENTIAL_VARIABLES,
    AWS_ENDPOINT_URL_SQS: messaging.url,
    AWS_ENDPOINT_URL_SNS: messaging.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_ENDPOINT_URL_DYNAMODB: tables.url,
    ...(endpoints === undefined ? {} : {
      [DeliverEnvironment.PAGERDUTY_ENDPOINTS]: JSON.stringify(Object.fromEntries(names.map((name) => [name, simulator.endpoint(name)]))),
    }),
    ...(environment[NotifyEnvironment.SYSDIG_ENDPOINTS] !== undefined && {
      [NotifyEnvironment.SYSDIG_ENDPOINTS]: JSON.stringify(
        receivers.sysdig.endpoints(JSON.parse(environment[NotifyEnvironment.SYSDIG_ENDPOINTS]) as SysdigEndpoints)),
    }),
    // Every receiver is a server of this machine.
    ...(environment[NotifyEnvironment.ADDRESS_PERMISSIONS] !== undefined && {
      [NotifyEnvironment.ADDRESS_PERMISSIONS]: JSON.stringify(Object.values(AddressPermission)),
      [NotifyEnvironment.SLACK_API_URL]: receivers.slack.apiUrl,
    }),
  };
}

/** The secrets that functions read routing keys and the settings of receivers from. */
export function secretArns({ functions }: Alerting): string[] {
  const arns = functions.flatMap(({ environment }) => [
    environment[DeliverEnvironment.ROUTING_KEY_SECRET_ARN], environment[NotifyEnvironment.SECRET_ARN],
  ]);
  return [...new Set(arns.filter((arn): arn is string => arn !== undefined))];
}

/** A placeholder routing key for every name that the deployed functions know. */
export function routingKeysOf({ functions }: Alerting): Record<string, string> {
  const names = functions.flatMap(({ environment }) => JSON.parse(environment[DeliverEnvironment.ROUTING_KEY_NAMES] ?? '[]') as string[]);
  return Object.fromEntries(names.map((name) => [name, madeUpRoutingKey(name)]));
}

/** The names that routing keys were made up for in this process. */
const keyNames = new Map<string, string>();

/** 32 letters and digits, as a routing key is; the same for the same name. */
export function madeUpRoutingKey(name: string): string {
  const key = createHash('sha256').update(`routing key ${name}`).digest('hex').slice(0, 32);
  keyNames.set(key, name);
  return key;
}

/** The name that a routing key was made up for. */
export function madeUpKeyNames(key: string): string {
  return keyNames.get(key) ?? 'unknown key';
}
