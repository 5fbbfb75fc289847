import { Heartbeat } from './contract/heartbeat';
import type { ParsedRuleGroups } from './rules/parsed-rule-groups';
import { RuleGroups } from './rules/rule-groups';

/** The namespace of the heartbeat's rule. */
export const HEARTBEAT_NAMESPACE = 'cdk-amp-pagerduty-heartbeat';

/** A rule that always fires. */
const RULES = `groups:
  - name: heartbeat
    interval: 1m
    rules:
      - alert: ${Heartbeat.ALERT}
        expr: vector(1)
        labels:
          ${Heartbeat.LABEL}: "true"
        annotations:
          summary: Always fires, so that the path from AMP to PagerDuty can be watched
`;

export function readHeartbeatRules(): readonly ParsedRuleGroups[] {
  return RuleGroups.fromString(RULES, { namespace: HEARTBEAT_NAMESPACE })._read();
}
