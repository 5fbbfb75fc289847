export * from './amp-pagerduty-alerting';
export * from './amp-pagerduty-alerting-props';
export { Delivery } from './relay/delivery';
export { PagerDutyRegion } from './relay/pagerduty-region';
export { PagerDutySeverity, RelayOptions } from './relay/relay-options';
export { RoutingKeys } from './relay/routing-keys';
export * from './alertmanager/alert-manager-config';
export * from './alertmanager/options';
