import type { Topic } from './sns-config';
import type { YamlMap } from './yaml-writer';
import { Heartbeat } from '../../contract/heartbeat';
import { MessageAttributeName } from '../../contract/message';

/** What distinguishes the heartbeat from every other alert, and every other alert from the heartbeat. */
const IS_HEARTBEAT = `${Heartbeat.LABEL}="true"`;
const IS_NOT_HEARTBEAT = `${Heartbeat.LABEL}=""`;

/**
 * The route of the heartbeat, which must come first: below it, a route of the user that matches everything would take the alert. The
 * intervals make AMP notify every four to five minutes.
 */
export function heartbeatRoute(): YamlMap {
  return {
    receiver: Heartbeat.RECEIVER,
    group_by: ['alertname'],
    matchers: [IS_HEARTBEAT],
    group_wait: '10s',
    group_interval: '1m',
    repeat_interval: '4m',
  };
}

/** The receiver of the heartbeat: its message is constant, and its end is not a message. */
export function heartbeatReceiver(topic: Topic): YamlMap {
  return {
    name: Heartbeat.RECEIVER,
    sns_configs: [{
      send_resolved: false,
      topic_arn: topic.arn,
      sigv4: { region: topic.region },
      subject: 'heartbeat',
      attributes: { [MessageAttributeName.STATUS]: 'firing', [MessageAttributeName.RECEIVER]: Heartbeat.RECEIVER },
      message: Heartbeat.MESSAGE,
    }],
  };
}

interface WrittenRule {
  readonly source_matchers?: readonly string[];
  readonly target_matchers?: readonly string[];
  readonly equal?: readonly string[];
}

/**
 * An inhibition rule that neither mutes the heartbeat nor is triggered by it: the heartbeat always fires, so a rule whose source
 * matches everything would mute all other alerts.
 */
export function withoutHeartbeat(rule: WrittenRule): YamlMap {
  return {
    source_matchers: [...rule.source_matchers ?? [], IS_NOT_HEARTBEAT],
    target_matchers: [...rule.target_matchers ?? [], IS_NOT_HEARTBEAT],
    equal: rule.equal,
  };
}
