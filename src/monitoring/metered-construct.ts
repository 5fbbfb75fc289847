import * as aps from 'aws-cdk-lib/aws-aps';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { DeliverMetric, METRICS_DIMENSION, METRICS_NAMESPACE, ReceiveMetric } from '../contract/metrics';

/** What `AmpPagerDutyAlerting` is built on: the metrics that the functions of its relay publish, as methods. */
export abstract class MeteredConstruct extends Construct {
  /** The workspace that AMP alerts from. */
  public abstract readonly workspace: aps.CfnWorkspace;

  /**
   * A metric of the relay.
   *
   * @param metricName its name in the namespace `AmpPagerDuty`.
   * @param props whatever shall differ from the sum over 5 minutes.
   */
  public metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: { [METRICS_DIMENSION]: this.workspace.attrWorkspaceId },
      statistic: cloudwatch.Stats.SUM,
      ...props,
    }).attachTo(this);
  }

  /**
   * Notifications that AMP published and the relay received.
   *
   * @default - sum over 5 minutes
   */
  public metricNotificationsReceived(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(ReceiveMetric.NOTIFICATIONS_RECEIVED, props);
  }

  /**
   * Notifications that could not be decoded. Each was turned into a page that says so.
   *
   * @default - sum over 5 minutes
   */
  public metricNotificationsUndecodable(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(ReceiveMetric.NOTIFICATIONS_UNDECODABLE, props);
  }

  /**
   * Notifications that arrived cut, because they were larger than SNS allows. Each was turned into a page with what was left.
   *
   * @default - sum over 5 minutes
   */
  public metricNotificationsTruncated(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(ReceiveMetric.NOTIFICATIONS_TRUNCATED, props);
  }

  /**
   * Events with a severity that PagerDuty does not know and `severities` does not map. They were sent as `error`.
   *
   * @default - sum over 5 minutes
   */
  public metricSeveritiesUnknown(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(ReceiveMetric.SEVERITIES_UNKNOWN, props);
  }

  /**
   * Events that had to be shortened to fit the limits of PagerDuty.
   *
   * @default - sum over 5 minutes
   */
  public metricEventsTrimmed(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(ReceiveMetric.EVENTS_TRIMMED, props);
  }

  /**
   * Events that PagerDuty accepted.
   *
   * @default - sum over 5 minutes
   */
  public metricEventsDelivered(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.EVENTS_DELIVERED, props);
  }

  /**
   * Attempts to deliver an event that failed and will be made again.
   *
   * @default - sum over 5 minutes
   */
  public metricEventsRetried(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.EVENTS_RETRIED, props);
  }

  /**
   * Events that the deliver function put into the dead-letter queue: refused by PagerDuty, or tried for too long.
   *
   * @default - sum over 5 minutes
   */
  public metricEventsParked(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.EVENTS_PARKED, props);
  }

  /**
   * Events that were left out, because the next one of the same incident says the same.
   *
   * @default - sum over 5 minutes
   */
  public metricEventsCoalesced(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.EVENTS_COALESCED, props);
  }

  /**
   * Events that were left out, because a newer one of the same incident had been delivered already.
   *
   * @default - sum over 5 minutes
   */
  public metricEventsOutdated(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.EVENTS_OUTDATED, props);
  }

  /**
   * Attempts that failed because the routing key is missing from the secret, or refused by PagerDuty.
   *
   * @default - sum over 5 minutes
   */
  public metricRoutingKeyFailures(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.ROUTING_KEY_FAILURES, props);
  }

  /**
   * The age of the oldest event that the relay is retrying, in milliseconds. No data while nothing is retried.
   *
   * @default - maximum over 5 minutes
   */
  public metricRetriedEventAge(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.RETRIED_EVENT_AGE, { statistic: cloudwatch.Stats.MAXIMUM, ...props });
  }

  /**
   * Batches of events that were delivered without the watermark table. Until it is back, a duplicate or reordered event
   * that another instance of the function handles can reach PagerDuty.
   *
   * @default - sum over 5 minutes
   */
  public metricWatermarkUnavailable(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.WATERMARK_UNAVAILABLE, props);
  }

  /**
   * Heartbeats that traveled the whole path up to the request to PagerDuty, which is not made for them.
   *
   * @default - sum over 5 minutes
   */
  public metricHeartbeats(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.HEARTBEATS, props);
  }

  /**
   * How long events took from the publication of the notification to the acceptance by PagerDuty, in milliseconds.
   *
   * @default - 99th percentile over 5 minutes
   */
  public metricDeliveryLatency(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.DELIVERY_LATENCY, { statistic: cloudwatch.Stats.p(99), ...props });
  }

  /**
   * How long PagerDuty took to answer, in milliseconds.
   *
   * @default - 99th percentile over 5 minutes
   */
  public metricPagerDutyLatency(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.PAGERDUTY_LATENCY, { statistic: cloudwatch.Stats.p(99), ...props });
  }
}
