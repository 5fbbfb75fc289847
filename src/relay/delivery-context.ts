import * as logs from 'aws-cdk-lib/aws-logs';
import type { RoutingKeys } from './routing-keys';
import type { IAlertingWorkspace } from '../amp/workspace';

/** What a delivery needs from the rest of the construct. */
export interface DeliveryContext {
  readonly workspace: IAlertingWorkspace;
  /** An existing secret. If undefined, the delivery creates one. */
  readonly routingKeys?: RoutingKeys;
  /** The names of the routing keys that the configuration references. */
  readonly routingKeyNames: readonly string[];
  /** The URLs of PagerDuty endpoints, by the names used in messages. */
  readonly endpoints: { readonly [name: string]: string };
  readonly defaultEndpoint: string;
  readonly logRetention: logs.RetentionDays;
}
