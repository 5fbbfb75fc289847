/** Codes of findings about Prometheus rule files. */
export const RULE_FINDINGS = {
  'rule-file-missing': {
    meaning: 'A rule file or a directory of rule files does not exist, cannot be read, or has no rule file in it.',
    reason: 'Without its rules nobody would be alerted.',
    remedy: 'Correct the path; it is relative to the working directory of the app. In a directory, files that end in .yml, .yaml, and .rules are read, and files such as .json and .alerts if they contain groups.',
  },
  'rule-file-not-text': {
    meaning: 'A rule file is not UTF-8 text, or has control characters.',
    reason: 'YAML does not allow it, so Prometheus and AMP would reject the file.',
    remedy: 'Save the file as UTF-8, and write control characters as escapes in double quotes.',
  },
  'rule-file-base64': {
    meaning: 'A rule file is encoded in base64.',
    reason: 'The AWS CLI wants rule files so; CloudFormation encodes them itself, and would encode it twice.',
    remedy: 'Give the rule file itself, or decode this one: `base64 -d FILE > rules.yml`.',
  },
  'rule-file-invalid-yaml': {
    meaning: 'A rule file is not valid YAML.',
    reason: 'Prometheus and AMP would reject it.',
    remedy: 'Correct the syntax at the position that the message names.',
  },
  'rule-file-duplicate-key': {
    meaning: 'A key occurs twice in the same mapping of a rule file.',
    reason: 'Prometheus rejects it; taking either of the values would be a guess.',
    remedy: 'Remove one of the two.',
  },
  'rule-file-not-rules': {
    meaning: 'A file is neither a Prometheus rule file nor a Kubernetes PrometheusRule.',
    reason: 'Without its rules nobody would be alerted.',
    remedy: 'A rule file has `groups:` at its top; a PrometheusRule has them under `spec:`.',
  },
  'rule-file-skipped': {
    meaning: 'A file in a directory of rules is not read.',
    reason: 'It is not a rule file: promtool\'s unit tests, a kustomization, an alertmanager.yml, and so on. Or it contains groups, but its name is not that of a rule file.',
    remedy: 'Rename a rule file, or pass it on its own. Acknowledge the warning for everything else; unit tests run with `npx cdk-amp-pagerduty test FILE`.',
  },
  'severity-unknown': {
    meaning: 'A receiver or an alert of the rules has a severity that PagerDuty does not have.',
    reason: 'PagerDuty rejects such an event, so Alertmanager never paged with it. The relay sends it as `error`: an always-firing alert with the severity `none` would page forever.',
    remedy: 'Map the severity with `Delivery.relay({ severities: { … } })`, or route its alerts to a receiver without integrations.',
  },
  'rule-helm-leftover': {
    meaning: 'An expression, a label, or an annotation contains braces that Helm left behind.',
    reason: 'In an expression, PromQL reads `{{ … }}` as text, so a matcher with it never matches. In an annotation, an escaped template such as '
      + '{{`{{ $labels.instance }}`}} prints the braces instead of the value.',
    remedy: 'Give the file that the chart renders (`helm template`), or remove the escapes. Acknowledge the warning if the braces are meant.',
  },
  'rule-file-extra-documents': {
    meaning: 'A rule file has more than one YAML document.',
    reason: 'Prometheus reads the first and silently ignores the others: their alerts would be lost.',
    remedy: 'Put the groups of all documents into one, or into files of their own.',
  },
  'rule-file-empty': {
    meaning: 'A rule file has no rules.',
    reason: 'Prometheus accepts it, but nobody is alerted by it.',
    remedy: 'Add rules, or remove the file.',
  },
  'rule-file-too-large': {
    meaning: 'A rule file is larger than AMP accepts.',
    reason: 'AMP accepts 1,000,000 bytes for a rule groups namespace; the limit cannot be raised.',
    remedy: 'Split the file: each file becomes its own namespace. If the template then is too large, use `AmpRules` in another stack.',
  },
  'rule-other-resources': {
    meaning: 'A Kubernetes manifest has resources that are no PrometheusRule.',
    reason: 'They are not carried over.',
    remedy: 'Check that no rules are among them, and acknowledge the warning.',
  },
  'rule-unknown-field': {
    meaning: 'A rule file has a field that Prometheus does not know.',
    reason: 'Prometheus and AMP would reject the file.',
    remedy: 'Correct the name of the field; the message lists those that exist there.',
  },
  'rule-dropped-field': {
    meaning: 'A PrometheusRule has a field that only Thanos Ruler understands.',
    reason: 'AMP has nothing like it, so it is dropped of what is deployed.',
    remedy: 'Nothing, if AMP evaluating the rules on its own data is what you want: acknowledge the warning.',
  },
  'rule-wrong-type': {
    meaning: 'A field of a rule file has a value of the wrong type.',
    reason: 'Prometheus and AMP would reject the file.',
    remedy: 'Write what the message says is expected.',
  },
  'rule-missing-field': {
    meaning: 'A field that a rule or a group must have is missing or empty.',
    reason: 'Prometheus and AMP would reject the file.',
    remedy: 'A group needs a name; a rule needs an expr and one of alert and record.',
  },
  'rule-record-and-alert': {
    meaning: 'A rule has both record and alert.',
    reason: 'Prometheus rejects it: a rule either records a series or raises an alert.',
    remedy: 'Make two rules of it.',
  },
  'rule-not-in-recording': {
    meaning: 'A recording rule has a field that only alerting rules have.',
    reason: 'Prometheus rejects it.',
    remedy: 'Remove the field, or write alert instead of record.',
  },
  'rule-invalid-duration': {
    meaning: 'A duration is not in the syntax of Prometheus.',
    reason: 'Prometheus and AMP would reject the file.',
    remedy: 'Write numbers with the units y, w, d, h, m, s and ms, longest first, such as 1h30m.',
  },
  'rule-invalid-name': {
    meaning: 'The name of a label, an annotation or a recorded series has characters that are not allowed.',
    reason: 'Only Prometheus 3 accepts others than letters, digits and underscores (and colons in names of series); AMP does not say that it does, and a label that AMP drops would lose the alert.',
    remedy: 'Use letters, digits and underscores, with no digit at the start.',
  },
  'rule-invalid-value': {
    meaning: 'The value of a label is not valid text.',
    reason: 'Prometheus rejects values that are not valid Unicode.',
    remedy: 'Correct the value.',
  },
  'rule-duplicate-group': {
    meaning: 'Two groups of a rule file have the same name.',
    reason: 'Prometheus and AMP would reject the file.',
    remedy: 'Rename one of them.',
  },
  'rule-duplicate': {
    meaning: 'Two rules have the same name and the same labels.',
    reason: 'Prometheus accepts it, but two such recording rules write to the same series, and two such alerts are often a mistake of copying; promtool reports them too.',
    remedy: 'Remove one of them or distinguish them by a label; if it is meant (as with expressions that never match at the same time), acknowledge the warning.',
  },
  'rule-group-empty': {
    meaning: 'A group has no rules and is dropped of the namespace.',
    reason: 'Prometheus accepts such a group; AMP\'s engine refuses all rules of the namespace because of it.',
    remedy: 'Add rules or remove the group. Acknowledge the warning if the group is a placeholder.',
  },
  'rule-begins-with-tab': {
    meaning: 'An annotation of several lines begins with a tab.',
    reason: 'AMP\'s engine stores rules as YAML that it could not read back, and refuses them.',
    remedy: 'Remove the tab, or begin the text with a word.',
  },
  'rule-interval-too-short': {
    meaning: 'A group is to be evaluated more often than AMP does.',
    reason: 'The minimum evaluation interval of AMP is 30 seconds unless AWS raised the quota for the account.',
    remedy: 'Write an interval of 30s or more, or ask AWS for the quota and state it with the prop `quotas: { minimumRuleInterval }`.',
  },
  'rule-unverified-field': {
    meaning: 'A group has a field of Prometheus of which AMP does not say that it supports it.',
    reason: 'AMP might reject the file, which fails the deployment, or ignore the field.',
    remedy: 'Write labels at the rules themselves and leave out limit, or acknowledge the warning once AMP has accepted the file.',
  },
  'rule-template-invalid': {
    meaning: 'The template in a label or an annotation is not valid.',
    reason: 'Prometheus and AMP would reject the file, or send the error text instead of the annotation.',
    remedy: 'Correct the template; https://prometheus.io/docs/prometheus/latest/configuration/template_reference/ lists the functions.',
  },
  'rule-template-version': {
    meaning: 'A template of a rule uses a function that only later versions of Prometheus have.',
    reason: 'AMP does not say which version it runs; if it is older, it refuses the file and the deployment fails.',
    remedy: 'Write the template without it, or acknowledge the warning once AMP has accepted it.',
  },
  'rule-template-field': {
    meaning: 'A template of a rule uses a field that the value does not have.',
    reason: 'Prometheus accepts the rule, but sends the text of an error in place of the label or annotation.',
    remedy: 'Templates of rules have `.Labels`, `.ExternalLabels`, `.ExternalURL` and `.Value`; fields such as `.CommonLabels` belong to Alertmanager.',
  },
  'rule-template-fails': {
    meaning: 'A template of a rule fails when the alert fires: an argument has the wrong type, there are too few or too many, or a constant cannot work.',
    reason: 'Prometheus accepts the rule, but sends the text of an error in place of the label or annotation.',
    remedy: 'Write what the finding names. `$value` is a number with a fraction: compare it with 5.0, not with 5.',
  },
  'rule-namespace-invalid': {
    meaning: 'The name of a rule groups namespace is not one that AMP accepts.',
    reason: 'CloudFormation accepts 1 to 64 characters, at least one of them a letter or digit.',
    remedy: 'Give another `namespace`.',
  },
  'rule-quota-exceeded': {
    meaning: 'There are more rules than a workspace takes.',
    reason: 'AMP accepts 2,000 rules per workspace unless AWS raised the quota for the account.',
    remedy: 'Use a second workspace, or ask AWS for the quota and state it with the prop `quotas: { rules }`.',
  },
  'promql-syntax': {
    meaning: 'An expression is not valid PromQL.',
    reason: 'Prometheus and AMP would reject the file.',
    remedy: 'Correct the expression at the position that the message names.',
  },
  'promql-string': {
    meaning: 'A string in an expression has an escape that does not exist.',
    reason: 'Prometheus and AMP would reject the file.',
    remedy: 'Write a backslash twice, or put the text between backticks.',
  },
  'promql-regexp': {
    meaning: 'A regular expression of a matcher is not valid.',
    reason: 'Prometheus uses the syntax of RE2, which has no lookaround and no backreferences.',
    remedy: 'Correct it after https://github.com/google/re2/wiki/Syntax.',
  },
  'promql-selector': {
    meaning: 'A selector gives the name of the metric twice, or would select every series there is.',
    reason: 'Prometheus and AMP would reject the file.',
    remedy: 'Name the metric once, or add a matcher that does not match the empty text.',
  },
  'promql-unknown-function': {
    meaning: 'An expression calls a function that PromQL does not have.',
    reason: 'Prometheus and AMP would reject the file.',
    remedy: 'Correct the name; functions are lower case.',
  },
  'promql-arguments': {
    meaning: 'A function is called with too few or too many arguments.',
    reason: 'Prometheus and AMP would reject the file.',
    remedy: 'Give the arguments that the message lists.',
  },
  'promql-type': {
    meaning: 'An argument of a function has the wrong type.',
    reason: 'Prometheus and AMP would reject the file.',
    remedy: 'Select a range (`metric[5m]`) for a range vector, remove it for an instant vector.',
  },
  'promql-operator': {
    meaning: 'An operator has operands or modifiers that do not go with it.',
    reason: 'Prometheus and AMP would reject the file.',
    remedy: 'Change what the message names.',
  },
  'promql-modifier': {
    meaning: 'A range, an offset or an @ stands where it is not allowed.',
    reason: 'Prometheus and AMP would reject the file.',
    remedy: 'Modifiers follow a selector or a subquery directly, the range first.',
  },
  'promql-experimental': {
    meaning: 'An expression uses what is experimental in Prometheus.',
    reason: 'Prometheus rejects it unless it is started with a feature flag, and AMP does not offer these flags.',
    remedy: 'Write the rule without it.',
  },
  'promql-too-new': {
    meaning: 'An expression uses PromQL that no released Cortex runs.',
    reason: 'AMP is built on Cortex. An engine without it refuses the rules, and the deployment fails.',
    remedy: 'Write the rule without it. If AMP has accepted such a rule, allow it with the option `promql: PromqlVersion.PROMETHEUS_3_16`; it is a warning then.',
  },
  'promql-version': {
    meaning: 'An expression uses what only some versions of Prometheus have.',
    reason: 'AMP does not say which version of PromQL it runs; if it is another, it refuses the file and the deployment fails.',
    remedy: 'Write the rule without it, or acknowledge the warning once AMP has accepted it.',
  },
} as const;
