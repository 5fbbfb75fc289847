import { createHash } from 'crypto';
import type { Alerting, DeployedFunction } from './assembly/alerting';
import { CREDENTIAL_VARIABLES } from './aws/credentials';
import type { PagerDutySimulator } from './pagerduty/simulator';
import { DeliverEnvironment } from '../src/wire/environment';
import { PagerDutyEndpoint } from '../src/wire/pagerduty-event';

export interface Addresses {
  readonly messagingUrl: string;
  readonly secretsUrl: string;
  readonly simulator: PagerDutySimulator;
}

/** What the sandbox sets in a function's environment: addresses on this machine, and credentials. */
export function functionVariables({ environment }: DeployedFunction, { messagingUrl, secretsUrl, simulator }: Addresses): Record<string, string> {
  const variables: Record<string, string> = {
    ...CREDENTIAL_VARIABLES,
    AWS_ENDPOINT_URL_SQS: messagingUrl,
    AWS_ENDPOINT_URL_SNS: messagingUrl,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsUrl,
  };
  const endpoints = environment[DeliverEnvironment.PAGERDUTY_ENDPOINTS];
  if (endpoints !== undefined) {
    const names = Object.keys(JSON.parse(endpoints) as Record<string, string>);
    variables[DeliverEnvironment.PAGERDUTY_ENDPOINTS] = JSON.stringify(Object.fromEntries(names.map((name) => [name, simulator.endpoint(name)])));
  }
  return variables;
}

/** A made-up routing key for every name that the deployed functions know. */
export function routingKeysOf({ functions }: Alerting): Record<string, string> {
  const names = functions.flatMap(({ environment }) => {
    const list = environment[DeliverEnvironment.ROUTING_KEY_NAMES];
    return list === undefined ? [] : JSON.parse(list) as string[];
  });
  return Object.fromEntries(names.map((name) => [name, madeUpRoutingKey(name)]));
}

/** 32 letters and digits, as a routing key is; the same for the same name. */
export function madeUpRoutingKey(name: string): string {
  return createHash('sha256').update(`routing key ${name}`).digest('hex').slice(0, 32);
}

/** The name that the construct gives to an endpoint of PagerDuty; undefined for others. */
export function endpointName(url: string): string | undefined {
  return Object.entries(PagerDutyEndpoint).find(([, known]) => known === url)?.[0];
}
