import * as aps from 'aws-cdk-lib/aws-aps';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { RoutingKeys } from './routing-keys';

/** What a delivery has to know of the rest. */
export interface DeliveryContext {
  readonly workspace: aps.CfnWorkspace;
  /** The user's secret; without it, one is created. */
  readonly routingKeys?: RoutingKeys;
  /** The names of the routing keys that the configuration refers to. */
  readonly routingKeyNames: readonly string[];
  /** URLs by the names that messages use. */
  readonly endpoints: { readonly [name: string]: string };
  readonly defaultEndpoint: string;
  readonly logRetention: logs.RetentionDays;
}
