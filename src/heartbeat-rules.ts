import { Heartbeat } from './contract/heartbeat';
import type { ParsedRuleGroups } from './rules/parsed-rule-groups';

/**
 * A rule that always fires, in a namespace of its own.
 *
 * As the reader of rule files would return it, because the reader takes longer to load than most of the construct. A test reads it.
 */
export const HEARTBEAT_RULES: ParsedRuleGroups = {
  namespace: 'cdk-amp-pagerduty-heartbeat',
  data: `groups:
  - name: heartbeat
    interval: 1m
    rules:
      - alert: ${Heartbeat.ALERT}
        expr: vector(1)
        labels:
          ${Heartbeat.LABEL}: "true"
        annotations:
          summary: Always fires, so that the path from AMP to PagerDuty can be watched
`,
  rules: 1,
  groups: 1,
  findings: [],
};
