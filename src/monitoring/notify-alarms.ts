import { AlarmName } from './alarm-name';
import type { AlarmSpec } from './alarm-spec';
import type { AlarmThresholds } from './alarm-thresholds';
import { deadLetterAlarms, functionAlarms, MAX_PER_MINUTE, SUM_PER_MINUTE } from './function-alarms';
import type { Relay } from '../relay/relay';

/** What can go wrong with receivers other than PagerDuty's: no page is late when one of these is in ALARM. None without such receivers. */
export function notifyAlarms(relay: Relay, thresholds: Required<AlarmThresholds>): AlarmSpec[] {
  const { notifyFunction, notifyQueue, notifyDeadLetterQueue } = relay;
  if (!notifyFunction || !notifyQueue || !notifyDeadLetterQueue) {
    return [];
  }
  const { notificationAge } = thresholds;
  return [
    ...functionAlarms(notifyFunction, thresholds, {
      errors: { name: AlarmName.NOTIFY_ERRORS, description: 'Webhooks, Slack messages, and emails are late, because the notify function fails. It retries them. Pages are not affected' },
      throttles: { name: AlarmName.NOTIFY_THROTTLES, description: 'Webhooks, Slack messages, and emails are late, because Lambda throttles the notify function. Pages are not affected' },
    }),
    {
      name: AlarmName.CREDENTIAL_FAILURES,
      metric: relay.metricCredentialFailures(),
      description: 'A URL or credential of a webhook, Slack, Sysdig Monitor, or a mail server is missing from the secret, or the server refuses it. Pages are not affected',
    },
    {
      name: AlarmName.OLDEST_NOTIFICATION,
      metric: notifyQueue.metricApproximateAgeOfOldestMessage(MAX_PER_MINUTE),
      threshold: notificationAge.toSeconds(),
      description: `A webhook, Slack, Sysdig Monitor, or a mail server has not accepted a notification for more than ${notificationAge.toHumanString()}. Pages are not affected`,
    },
    ...deadLetterAlarms(notifyDeadLetterQueue, relay.metricNotificationsDeadLettered(SUM_PER_MINUTE), {
      arrived: { name: AlarmName.NOTIFY_DEAD_LETTERED, description: 'A webhook, Slack, Sysdig Monitor, or a mail server did not get a notification, which just moved to the dead-letter queue. Pages are not affected' },
      waiting: { name: AlarmName.UNDELIVERED_NOTIFICATIONS, description: 'Webhooks, Slack, Sysdig Monitor, or mail servers did not get notifications, which are in the dead-letter queue for 14 days. Pages are not affected' },
    }),
  ];
}
