/** Codes of findings about the structure and the values of `alertmanager.yml`. */
export const CONFIG_FINDINGS = {
  'config-file-missing': {
    meaning: 'The file that `AlertManagerConfig.fromFile` names does not exist or cannot be read.',
    reason: 'Without it nothing can be deployed.',
    remedy: 'Correct the path; it is relative to the working directory of the app.',
  },
  'config-not-text': {
    meaning: 'The file that `AlertManagerConfig.fromFile` names is not UTF-8 text.',
    reason: 'Alertmanager reads UTF-8 only; reading it all the same would change what your templates print.',
    remedy: 'Save it in UTF-8.',
  },
  'config-invalid-yaml': {
    meaning: 'The text is not valid YAML.',
    reason: 'Alertmanager and AMP would reject it.',
    remedy: 'Correct the syntax at the position that the message names.',
  },
  'config-invalid-character': {
    meaning: 'The text has a control character, or one of the line ends that only YAML 1.1 knows (U+0085, U+2028, U+2029).',
    reason: 'Alertmanager rejects control characters; the line ends change the meaning of the text between YAML readers.',
    remedy: 'Remove the character, or write it as an escape in double quotes. Make sure that the file is UTF-8 text.',
  },
  'config-invalid-alias': {
    meaning: 'An alias (`*name`) has no anchor before it, contains itself, or the aliases expand to too many values.',
    reason: 'Alertmanager rejects the file.',
    remedy: 'Define the anchor (`&name`) above the alias, or write the value out. A text that begins with `*` needs quotes.',
  },
  'config-several-documents': {
    meaning: 'The file has more than one YAML document.',
    reason: 'Alertmanager reads the first one and silently ignores the others.',
    remedy: 'Keep one document.',
  },
  'config-amp-definition': {
    meaning: 'The file is an AMP alert manager definition whose `alertmanager_config` is not a text.',
    reason: 'A definition is read like the `alertmanager.yml` in it, with its `template_files`. AMP requires a text under `alertmanager_config`.',
    remedy: 'Write `alertmanager_config: |` with the configuration indented below it. Replace the `sns_configs` that lead to PagerDuty with `pagerduty_configs`.',
  },
  'config-wrapped': {
    meaning: 'The file is not an `alertmanager.yml`, but something that contains or generates one, such as a Helm values file or an AlertmanagerConfig resource.',
    reason: 'An `alertmanager.yml`, a Kubernetes Secret with one, and an AMP definition can be read. What a chart or an operator generates cannot be predicted.',
    remedy: 'Extract the configuration as the message describes.',
  },
  'config-wrong-type': {
    meaning: 'A value is of another type than the field accepts: a list for a text, a word for a number, an empty entry.',
    reason: 'Alertmanager decodes the file strictly and refuses it.',
    remedy: 'Write a value of the type that the message names.',
  },
  'config-unknown-field': {
    meaning: 'A field is not part of the Alertmanager configuration (up to version 0.34).',
    reason: 'Alertmanager rejects unknown fields, so that no typo passes silently.',
    remedy: 'Correct the name or remove the field.',
  },
  'config-duplicate-key': {
    meaning: 'A key is specified twice in one mapping, perhaps once through a merge key (`<<`).',
    reason: 'Alertmanager rejects it, because one of the two would be ignored.',
    remedy: 'Keep one of them.',
  },
  'config-missing-field': {
    meaning: 'A field that is needed is missing or empty, and `global` has no value for it either.',
    reason: 'Alertmanager rejects the configuration, because the integration could not work.',
    remedy: 'Set the field.',
  },
  'config-conflicting-fields': {
    meaning: 'Fields are specified together that exclude each other, such as `routing_key` and `routing_key_file`.',
    reason: 'The configuration is ambiguous, so Alertmanager rejects it.',
    remedy: 'Keep one of them.',
  },
  'config-invalid-value': {
    meaning: 'A value is none of those that the field takes.',
    reason: 'Alertmanager rejects it.',
    remedy: 'Use one of the values that the message names.',
  },
  'config-invalid-duration': {
    meaning: 'A duration is not written as Alertmanager reads it, or is 0 where it must not be.',
    reason: 'Alertmanager rejects it.',
    remedy: 'Write whole numbers with units, the largest first, such as `1h30m`.',
  },
  'config-invalid-url': {
    meaning: 'A URL cannot be parsed, or is not an absolute http or https URL.',
    reason: 'Alertmanager rejects it.',
    remedy: 'Write an absolute URL that begins with `https://` or `http://`.',
  },
  'config-invalid-label-name': {
    meaning: 'A label name is empty, or has characters that are not allowed where it stands.',
    reason: 'Alertmanager rejects it.',
    remedy: 'Use letters, digits and underscores; for other names use `matchers` with the name in double quotes.',
  },
  'config-invalid-matcher': {
    meaning: 'An entry of `matchers` cannot be parsed, in neither of the two syntaxes.',
    reason: 'Alertmanager rejects it.',
    remedy: 'Write `name="value"` with `=`, `!=`, `=~` or `!~`.',
  },
  'config-invalid-regex': {
    meaning: 'A regular expression is not valid in the syntax of Go (RE2).',
    reason: 'Alertmanager rejects it; look-around and back-references do not exist there.',
    remedy: 'Rewrite the expression.',
  },
  'config-invalid-group-by': {
    meaning: '`group_by` has a label twice, or `...` beside other labels.',
    reason: 'Alertmanager rejects it.',
    remedy: 'Keep each label once; `...` stands alone.',
  },
  'config-invalid-time-interval': {
    meaning: 'A part of a time interval is not a time, weekday, day, month, year, range or time zone.',
    reason: 'Alertmanager rejects it.',
    remedy: 'Write the value in the form that the message names.',
  },
  'config-no-route': {
    meaning: 'The configuration has no `route`, or is empty.',
    reason: 'Alertmanager and AMP refuse it.',
    remedy: 'Add a `route` with a `receiver`.',
  },
  'config-root-route': {
    meaning: 'The root route has no receiver, or has matchers, time intervals or `continue`.',
    reason: 'The root route takes every alert that no other route takes; Alertmanager rejects anything that would limit it.',
    remedy: 'Give it a receiver, and move the rest to the routes below it.',
  },
  'config-undefined-receiver': {
    meaning: 'A route names a receiver that is not defined.',
    reason: 'Alertmanager rejects it: its alerts would go nowhere.',
    remedy: 'Define the receiver or correct the name.',
  },
  'config-duplicate-receiver': {
    meaning: 'Two receivers have the same name.',
    reason: 'Alertmanager rejects it.',
    remedy: 'Rename one of them.',
  },
  'config-undefined-time-interval': {
    meaning: 'A route names a time interval that is not defined.',
    reason: 'Alertmanager rejects it.',
    remedy: 'Define the time interval or correct the name.',
  },
  'config-duplicate-time-interval': {
    meaning: 'Two time intervals have the same name.',
    reason: 'Alertmanager rejects it; `time_intervals` and `mute_time_intervals` share their names.',
    remedy: 'Rename one of them.',
  },
  'config-empty-time-interval': {
    meaning: 'An entry of `time_intervals` or `mute_time_intervals` is empty.',
    reason: 'Alertmanager ignores it, but would reject it in a definition, where it would be an interval without a name. It is dropped.',
    remedy: 'Remove it.',
  },
  'config-section-dropped': {
    meaning: 'The file has a section `tracing` or `event_recorder`.',
    reason: 'Both configure the Alertmanager process. AMP runs that process, and its definition cannot contain them. Nothing is traced, and no event is recorded.',
    remedy: 'Remove the section or acknowledge the warning. The logs of the workspace contain what AMP reports about notifications.',
  },
  'config-month-out-of-range': {
    meaning: 'A range of months begins or ends outside 1 to 12.',
    reason: 'Alertmanager up to 0.34 accepts it, although no month outside ever matches; 0.35 and later refuse the file. AMP does not document its version.',
    remedy: 'Write months from 1 to 12, or their names.',
  },
  'amp-too-many-routes': {
    meaning: 'The routing tree has more nodes than AMP accepts: 100 by default, the root included.',
    reason: 'AMP rejects the definition, minutes into the deployment. AWS raises the quota on request.',
    remedy: 'Join routes that differ only in the values of a label into one with a regular expression, or state a raised quota with the prop `quotas: { routes }`.',
  },
  'amp-too-many-inhibit-rules': {
    meaning: 'There are more inhibit rules than AMP accepts: 100 by default.',
    reason: 'AMP rejects the definition, minutes into the deployment. AWS raises the quota on request.',
    remedy: 'Join rules that differ only in the values of a label into one with a regular expression, or state a raised quota with the prop `quotas: { inhibitRules }`.',
  },
  'amp-too-many-templates': {
    meaning: 'There are more templates than AMP accepts: 100 by default.',
    reason: 'AMP rejects the definition, minutes into the deployment. AWS raises the quota on request.',
    remedy: 'Join several template files into one, or state a raised quota with the prop `quotas: { templates }`.',
  },
  'amp-repeat-interval-too-long': {
    meaning: 'A `repeat_interval` is longer than 5 days.',
    reason: 'AMP silently treats it as 5 days, because it remembers notifications no longer.',
    remedy: 'Write 5 days or less. Acknowledge the warning if 5 days are fine.',
  },
  'amp-label-name': {
    meaning: 'A matcher, `group_by`, or `equal` has a label name with characters other than letters, digits, and underscores, or one that begins with a digit.',
    reason: 'AMP is built on Cortex, which reads names and matchers in the classic syntax unless it is started in UTF-8 mode. In classic mode it refuses the '
      + 'definition, minutes into the deployment. AWS does not document the mode. A name such as `foo-bar` is most often a typo for `foo_bar`, and matches nothing.',
    remedy: 'Correct the name. If the label really has it, acknowledge the warning, and check that AMP accepts the definition.',
  },
  'amp-local-time': {
    meaning: 'A time interval has the location `Local`.',
    reason: 'It is the time zone of the machine that runs Alertmanager. On AMP that is UTC, so mute times and active times silently move by hours.',
    remedy: 'Name the time zone of the machine that you move from, such as `Europe/Berlin`.',
  },
} as const;
