import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AmpPagerDutyAlerting, Relay } from '../../src';
import { DeliverMetric, METRICS_DIMENSION, METRICS_NAMESPACE, NotifyMetric, ReceiveMetric, TRANSPORT_DIMENSION, WatermarkMetric } from '../../src/contract/metrics';
import { newStack } from '../construct/synthesized';

const stack = newStack();
const alerting = new AmpPagerDutyAlerting(stack, 'Alerting');

/** What CloudWatch is asked for. */
function statOf(metric: cloudwatch.Metric): cloudwatch.MetricStatConfig {
  const { metricStat } = metric.toMetricConfig();
  if (metricStat === undefined) {
    throw new Error('not the metric of a statistic');
  }
  return metricStat;
}

type MetricMethod = (props?: cloudwatch.MetricOptions) => cloudwatch.Metric;

/** `metricX` for each X, looked up by the name that the functions publish. */
function methodOf(metricName: string): MetricMethod {
  const methods = alerting.relay as unknown as Record<string, MetricMethod | undefined>;
  const method = methods[`metric${metricName}`];
  if (method === undefined) {
    throw new Error(`the relay has no method metric${metricName}`);
  }
  return method.bind(alerting.relay);
}

const published = [ReceiveMetric, DeliverMetric, WatermarkMetric, NotifyMetric].flatMap((metrics): string[] => Object.values(metrics));

test.each(published)('metric%s is the metric that the functions publish', (name) => {
  expect(statOf(methodOf(name)())).toMatchObject({
    namespace: METRICS_NAMESPACE,
    metricName: name,
    dimensions: [{ name: METRICS_DIMENSION, value: alerting.workspace.workspaceId }],
    period: Duration.minutes(5),
    statistic: name.endsWith('Latency') ? 'p99' : name.endsWith('Age') ? 'Maximum' : 'Sum',
  });
});

test.each(published)('everything about metric%s can be changed', (name) => {
  const metric = methodOf(name)({ statistic: 'Average', period: Duration.minutes(1), label: 'mine' });
  expect(statOf(metric)).toMatchObject({ metricName: name, statistic: 'Average', period: Duration.minutes(1) });
  expect(metric.label).toBe('mine');
});

test('every method named metricX is one of them', () => {
  const prototypes = [Relay.prototype, Object.getPrototypeOf(Relay.prototype) as object];
  const methods = prototypes.flatMap((prototype) => Object.getOwnPropertyNames(prototype)).filter((name) => /^metric./.test(name));
  expect(methods.sort()).toEqual(published.map((name) => `metric${name}`).sort());
});

test('metric() takes a name that no method has', () => {
  expect(statOf(alerting.relay.metric('Future'))).toMatchObject({ namespace: METRICS_NAMESPACE, metricName: 'Future', statistic: 'Sum' });
});

test('a metric of one transport has its name as a dimension', () => {
  expect(statOf(alerting.relay.transportMetric(NotifyMetric.NOTIFICATIONS_DELIVERED, 'webhook'))).toMatchObject({
    dimensions: [{ name: TRANSPORT_DIMENSION, value: 'webhook' }, { name: METRICS_DIMENSION, value: alerting.workspace.workspaceId }],
  });
});
