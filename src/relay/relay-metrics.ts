import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { IAlertingWorkspace } from '../amp/workspace';
import { DeliverMetric, METRICS_DIMENSION, METRICS_NAMESPACE, NotifyMetric, ReceiveMetric, TRANSPORT_DIMENSION, WatermarkMetric } from '../contract/metrics';

/**
 * The metrics that the functions of the relay publish, as methods of {@link Relay}.
 *
 * @internal
 */
export abstract class RelayMetrics extends Construct {
  /** @internal */
  protected abstract readonly _workspace: IAlertingWorkspace;

  /**
   * A metric of the relay, by name.
   *
   * @default - sum over 5 minutes
   * @param metricName - the name of the metric in the `AmpPagerDuty` namespace
   * @param props - overrides of the defaults
   */
  public metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: { [METRICS_DIMENSION]: this._workspace.workspaceId },
      statistic: cloudwatch.Stats.SUM,
      ...props,
    }).attachTo(this);
  }

  /**
   * Number of notifications that the relay received from AMP.
   *
   * @default - sum over 5 minutes
   */
  public metricNotificationsReceived(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(ReceiveMetric.NOTIFICATIONS_RECEIVED, props);
  }

  /**
   * Number of unreadable notifications. For each, the relay sends a page that contains the raw text.
   *
   * @default - sum over 5 minutes
   */
  public metricNotificationsUndecodable(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(ReceiveMetric.NOTIFICATIONS_UNDECODABLE, props);
  }

  /**
   * Resolved notifications of another setup that could not be assigned to an incident. Nothing is sent for them, so their
   * incidents stay open until somebody resolves them.
   *
   * @default - sum over 5 minutes
   */
  public metricResolvesSkipped(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(ReceiveMetric.RESOLVES_SKIPPED, props);
  }

  /**
   * Number of notifications that were truncated because they exceeded the size limit of SNS. For each, the relay sends a page with
   * the remaining content.
   *
   * @default - sum over 5 minutes
   */
  public metricNotificationsTruncated(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(ReceiveMetric.NOTIFICATIONS_TRUNCATED, props);
  }

  /**
   * Number of events with a severity that neither PagerDuty nor the `severities` map defines. They are sent as `error`.
   *
   * @default - sum over 5 minutes
   */
  public metricSeveritiesUnknown(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(ReceiveMetric.SEVERITIES_UNKNOWN, props);
  }

  /**
   * Number of events that the relay trimmed to fit PagerDuty's size limits.
   *
   * @default - sum over 5 minutes
   */
  public metricEventsTrimmed(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(ReceiveMetric.EVENTS_TRIMMED, props);
  }

  /**
   * Number of events that PagerDuty accepted.
   *
   * @default - sum over 5 minutes
   */
  public metricEventsDelivered(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.EVENTS_DELIVERED, props);
  }

  /**
   * Number of failed attempts that will be retried. An event can be counted more than once.
   *
   * @default - sum over 5 minutes
   */
  public metricEventsRetried(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.EVENTS_RETRIED, props);
  }

  /**
   * Number of events that the deliver function moved to the dead-letter queue, because PagerDuty rejected them or the retry window
   * ended.
   *
   * @default - sum over 5 minutes
   */
  public metricEventsDeadLettered(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.EVENTS_DEAD_LETTERED, props);
  }

  /**
   * Number of events that were skipped because the next event of the same incident is identical.
   *
   * @default - sum over 5 minutes
   */
  public metricEventsCoalesced(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.EVENTS_COALESCED, props);
  }

  /**
   * Number of outdated events: they arrived after a later event of the same incident that says otherwise. They are skipped. Only a
   * trigger that nobody was paged for is sent, and resolved at once.
   *
   * @default - sum over 5 minutes
   */
  public metricEventsOutdated(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.EVENTS_OUTDATED, props);
  }

  /**
   * Number of triggers that came after their resolve and after the retry window: nobody was paged for them. Triggers that are
   * late by less page late.
   *
   * @default - sum over 5 minutes
   */
  public metricTriggersUnpaged(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.TRIGGERS_UNPAGED, props);
  }

  /**
   * Number of failed attempts because the routing key is missing from the secret or PagerDuty rejected it.
   *
   * @default - sum over 5 minutes
   */
  public metricRoutingKeyFailures(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.ROUTING_KEY_FAILURES, props);
  }

  /**
   * Age of the oldest event that is being retried, in milliseconds. No data while nothing is retried.
   *
   * @default - maximum over 5 minutes
   */
  public metricRetriedEventAge(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.RETRIED_EVENT_AGE, { statistic: cloudwatch.Stats.MAXIMUM, ...props });
  }

  /**
   * Number of event batches that were delivered without the watermark table. While the table is unavailable, a duplicate or
   * out-of-order event that another instance of the function handles can reach PagerDuty.
   *
   * @default - sum over 5 minutes
   */
  public metricWatermarkUnavailable(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(WatermarkMetric.WATERMARK_UNAVAILABLE, props);
  }

  /**
   * Number of heartbeats that passed through the whole relay. A heartbeat ends before the request to PagerDuty.
   *
   * @default - sum over 5 minutes
   */
  public metricHeartbeats(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.HEARTBEATS, props);
  }

  /**
   * Time from the publication of the notification to PagerDuty's acceptance of the event, in milliseconds.
   *
   * @default - 99th percentile over 5 minutes
   */
  public metricDeliveryLatency(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.DELIVERY_LATENCY, { statistic: cloudwatch.Stats.p(99), ...props });
  }

  /**
   * Response time of PagerDuty, in milliseconds.
   *
   * @default - 99th percentile over 5 minutes
   */
  public metricPagerDutyLatency(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(DeliverMetric.PAGERDUTY_LATENCY, { statistic: cloudwatch.Stats.p(99), ...props });
  }

  /**
   * A metric of the notify function for one transport, by name.
   *
   * @default - sum over 5 minutes
   * @param metricName - the name of the metric in the `AmpPagerDuty` namespace
   * @param transport - how the notifications are sent, for example `webhook`
   * @param props - overrides of the defaults
   */
  public transportMetric(metricName: string, transport: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(metricName, {
      dimensionsMap: { [METRICS_DIMENSION]: this._workspace.workspaceId, [TRANSPORT_DIMENSION]: transport },
      ...props,
    });
  }

  /**
   * Number of notifications that receivers other than PagerDuty's accepted.
   *
   * @default - sum over 5 minutes
   */
  public metricNotificationsDelivered(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(NotifyMetric.NOTIFICATIONS_DELIVERED, props);
  }

  /**
   * Number of failed attempts to send a notification to a receiver other than PagerDuty's. They are retried.
   *
   * @default - sum over 5 minutes
   */
  public metricNotificationsRetried(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(NotifyMetric.NOTIFICATIONS_RETRIED, props);
  }

  /**
   * Number of notifications that the notify function moved to its dead-letter queue.
   *
   * @default - sum over 5 minutes
   */
  public metricNotificationsDeadLettered(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(NotifyMetric.NOTIFICATIONS_DEAD_LETTERED, props);
  }

  /**
   * Number of notifications that were skipped because a later one of the same group had been sent already.
   *
   * @default - sum over 5 minutes
   */
  public metricNotificationsOutdated(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(NotifyMetric.NOTIFICATIONS_OUTDATED, props);
  }

  /**
   * Number of attempts that failed because a URL or credential is missing from the secret, or because the server refused it.
   *
   * @default - sum over 5 minutes
   */
  public metricCredentialFailures(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(NotifyMetric.CREDENTIAL_FAILURES, props);
  }

  /**
   * Number of alerts that notifications to receivers other than PagerDuty's lost because they exceeded the size limit of SNS.
   *
   * @default - sum over 5 minutes
   */
  public metricAlertsLost(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(NotifyMetric.ALERTS_LOST, props);
  }

  /**
   * Time from the publication of a notification to its acceptance by a receiver other than PagerDuty's, in milliseconds.
   *
   * @default - 99th percentile over 5 minutes
   */
  public metricNotificationLatency(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(NotifyMetric.NOTIFICATION_LATENCY, { statistic: 'p99', ...props });
  }
}
