import type { AcceptedEvent } from '../pagerduty/event-rules';
import type { Pipeline } from '../pipeline/pipeline';

/** What the receivers know in the end. */
export interface FinalState {
  /** Every incident with its state, such as `team GroupA: resolved`. */
  readonly incidents: readonly string[];
  /** The last status that each webhook received about each group, such as `hooks/webhook/0 GroupC: resolved`. */
  readonly webhooks: readonly string[];
  /** Everything that was sent after the deployment, or would-be deployment: incidents by action, and webhooks by status. */
  readonly sentLater: readonly string[];
}

/** A notification that arrived. */
export interface ArrivedNotification {
  readonly at: number;
  /** Where it arrived, and about which group, such as `hooks/webhook/0 GroupC`. */
  readonly name: string;
  /** What it said, such as `resolved`. */
  readonly status: string;
}

/** Everything that has arrived so far, oldest first. */
export function notificationsOf({ simulator, receivers }: Pipeline): ArrivedNotification[] {
  const events = simulator.received.map(({ at, event }) => {
    const { routing_key: key, event_action: action, payload } = event as AcceptedEvent;
    return { at, name: `${simulator.keyName(key)} ${groupOf(payload?.summary)}`, status: action };
  });
  const calls = receivers.webhook.received.map(({ at, target, body }) => {
    const { status, groupLabels } = JSON.parse(body) as { status: string; groupLabels: { alertname?: string } };
    return { at, name: `${target} ${groupLabels.alertname ?? ''}`, status };
  });
  return [...events, ...calls].sort((a, b) => a.at - b.at);
}

/** The last status by name. */
export function lastOfEachGroup(notifications: readonly ArrivedNotification[]): ReadonlyMap<string, string> {
  return new Map(notifications.map(({ name, status }) => [name, status]));
}

/** The state of the incidents, and of the webhooks whose names are wanted. */
export function stateOf(pipeline: Pipeline, isWanted: (name: string) => boolean, sentLater: readonly ArrivedNotification[]): FinalState {
  const { simulator } = pipeline;
  const webhooks = [...lastOfEachGroup(notificationsOf(pipeline))].filter(([name]) => name.includes('/webhook/') && isWanted(name));
  return {
    incidents: simulator.incidents.all
      .map(({ latest, routingKey, state }) => `${simulator.keyName(routingKey)} ${groupOf(latest.payload?.summary)}: ${state}`).sort(),
    webhooks: webhooks.map(([name, status]) => `${name}: ${status}`).sort(),
    sentLater: sentLater.map(({ name, status }) => `${name}: ${status}`).sort(),
  };
}

/** The group in a summary such as `[FIRING:1] GroupA (a)`. */
function groupOf(summary = ''): string {
  return summary.replace(/^\[[^\]]*\] /, '').replace(/ \(.*$/, '');
}
