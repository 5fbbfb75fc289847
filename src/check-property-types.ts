import { AlertManagerConfig } from './alertmanager/alert-manager-config';
import type { AmpPagerDutyAlertingProps } from './amp-pagerduty-alerting-props';
import type { FindingReporter } from './findings/reporter';
import { Delivery } from './relay/delivery';
import { Emails } from './relay/emails';
import { PagerDutyRegion } from './relay/pagerduty-region';
import { RoutingKeys } from './relay/routing-keys';

/** The class of a property, and how an object of it is made. */
type PropertyType = readonly [name: keyof AmpPagerDutyAlertingProps, type: new (...args: never[]) => unknown, factory: string];

/** Constructors are private: `instanceof` needs no more than the class. */
const TYPES: readonly PropertyType[] = ([
  ['alertManagerConfig', AlertManagerConfig, 'AlertManagerConfig.fromFile(path)'],
  ['delivery', Delivery, 'Delivery.relay({ … })'],
  ['emails', Emails, 'Emails.throughSmarthost() or Emails.throughSes({ … })'],
  ['pagerDutyRegion', PagerDutyRegion, 'PagerDutyRegion.US, PagerDutyRegion.EU, or PagerDutyRegion.endpoint(url)'],
  ['routingKeys', RoutingKeys, 'RoutingKeys.fromSecret(secret)'],
] as const).map(([name, type, factory]) => [name, type as unknown as PropertyType[1], factory]);

/** Reports what JavaScript lets through where TypeScript wants an object of a class: the path of a file, a secret, plain options. */
export function checkPropertyTypes(props: AmpPagerDutyAlertingProps, reporter: FindingReporter): void {
  for (const [name, type, factory] of TYPES) {
    if (props[name] !== undefined && !(props[name] instanceof type)) {
      reporter.error(name, { code: 'property-type-invalid', message: `${name} is not ${articleFor(type.name)} ${type.name}`, fix: `use ${factory}` });
    }
  }
  const actions: unknown = props.alarmActions ?? [];
  const isList = Array.isArray(actions) && actions.every((action: unknown) => typeof (action as { bind?: unknown } | null)?.bind === 'function');
  if (!isList) {
    reporter.error('alarmActions', {
      code: 'property-type-invalid', message: 'alarmActions is not a list of alarm actions', fix: 'use alarmActions: [new SnsAction(topic)]',
    });
  }
}

function articleFor([initial]: string): string {
  return ['A', 'E', 'I', 'O', 'U'].includes(initial) ? 'an' : 'a';
}
