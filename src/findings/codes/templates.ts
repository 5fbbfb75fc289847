/** Codes of findings about Go templates and template files. */
export const TEMPLATE_FINDINGS = {
  'entry-never-sent': {
    meaning: 'A template of an entry of `slack_configs` or `email_configs` cannot be parsed.',
    reason: 'Alertmanager loads such a file, and fails with each notification of the entry. AMP would refuse the whole definition, so the entry is left out of it.',
    remedy: 'Correct the template, or acknowledge the warning: nobody is notified by the entry, as before.',
  },
  'template-syntax': {
    meaning: 'A template file, or a field of a `pagerduty_config` or `sns_config`, is not a valid Go template.',
    reason: 'AMP rejects a definition with such a template file, and loses every notification with such a field.',
    remedy: 'Correct the template at the place that the message names.',
  },
  'template-function-unknown': {
    meaning: 'A template calls a function that no Alertmanager has.',
    reason: 'Such a template cannot be parsed. Helm, Sprig and the templates of Prometheus rules have functions that Alertmanager lacks.',
    remedy: 'Use one of Alertmanager\'s functions or of Go\'s; the finding suggests one.',
  },
  'template-function-unavailable': {
    meaning: 'A template calls a function that only newer Alertmanagers have than what is known of AMP.',
    reason: 'Where the function is missing, AMP rejects a template file that calls it, and loses every notification with a field that does. '
      + 'Definitions in template files that no page leads to, such as those for Slack, are not part of the alert manager definition and are not checked.',
    remedy: 'Write it without the function, as the finding says.',
  },
  'template-feature-unverified': {
    meaning: 'A template needs Alertmanager 0.26 to 0.28: a function, or `{{else with}}`.',
    reason: 'AMP publishes neither its version nor its functions. Its API behaves like Alertmanager 0.28, so they are likely there.',
    remedy: 'Send a test alert after the first deployment, then acknowledge the warning; or write the template without it.',
  },
  'template-field-unavailable': {
    meaning: 'A template uses a field of the notification that only newer Alertmanagers have than what is known of AMP.',
    reason: 'Executing the template fails where the field is missing, and the notification is lost.',
    remedy: 'Write it without the field.',
  },
  'template-field-unknown': {
    meaning: 'A template takes a field that the value does not have: `.Labels` of a notification, `.CommonLabels` of an alert in `{{ range .Alerts }}`, `.Key` of a pair.',
    reason: 'Executing the template fails there, in every Alertmanager, and the notification is lost. Alertmanager and AMP accept the configuration.',
    remedy: 'Write the expression that the finding names. Inside `range` and `with`, `$` is the notification: `$.CommonLabels`.',
  },
  'template-wrong-type': {
    meaning: 'A template gives a function, an operator, `range`, or another template a value of the wrong type, such as a list where a string is needed.',
    reason: 'Executing the template fails there, in every Alertmanager, and the notification is lost. Alertmanager and AMP accept the configuration.',
    remedy: 'Give a value of the type that the finding names.',
  },
  'template-wrong-arguments': {
    meaning: 'A template calls a function or method with too few or too many arguments, or gives arguments to what is not a function.',
    reason: 'Executing the template fails there, in every Alertmanager, and the notification is lost. Alertmanager and AMP accept the configuration.',
    remedy: 'Give the arguments that the finding names. The function stands first: `gt (len .Alerts) 1`.',
  },
  'template-invalid-constant': {
    meaning: 'A template has a constant that can never work: an invalid regular expression, an unknown time zone, a position out of range.',
    reason: 'Executing the template fails there, in every Alertmanager, and the notification is lost. Alertmanager and AMP accept the configuration.',
    remedy: 'Correct the constant.',
  },
  'template-depends-on-data': {
    meaning: 'Executing a template fails for some notifications, such as `index .Alerts.Firing 0` when no alert fires any more.',
    reason: 'These notifications are lost. If the resolve is among them, the incident stays open.',
    remedy: 'Put the condition around it that the finding names, or acknowledge the warning if such a notification cannot occur.',
  },
  'template-undefined': {
    meaning: 'A template calls another one that is defined nowhere.',
    reason: 'The notification is lost when the call is executed. A definition that no `pagerduty_config` or `sns_config` leads to is not checked, and not part of the alert manager definition.',
    remedy: 'Correct the name, or add the template file that defines it under `templates:`.',
  },
  'template-variable-unbound': {
    meaning: 'A variable is assigned without having been declared, or used in another branch than the one that declares it.',
    reason: 'Go parses this, but executing it fails, and the notification is lost.',
    remedy: 'Declare the variable by `:=` before the condition, and assign to it by `=` inside.',
  },
  'template-defined-twice': {
    meaning: 'Two template files define a template of the same name, and a page leads to it.',
    reason: 'The file that is loaded last wins, silently.',
    remedy: 'Remove or rename one of the definitions, or acknowledge the warning if the last one is meant.',
  },
  'template-pattern-invalid': {
    meaning: 'An entry of `templates:` is not a valid file name pattern.',
    reason: 'Alertmanager rejects it.',
    remedy: 'Correct the pattern: close brackets, do not end with a backslash.',
  },
  'template-files-missing': {
    meaning: 'No file matches an entry of `templates:`.',
    reason: 'Alertmanager starts without them, but on the machine where the app is synthesized the files might be elsewhere.',
    remedy: 'Name the directory that has them by the option `templateDirectory`, or acknowledge the warning.',
  },
  'template-file-unreadable': {
    meaning: 'A template file cannot be read, or is a directory.',
    reason: 'Its templates would be missing.',
    remedy: 'Correct the permissions, or let the pattern match files only.',
  },
  'template-file-not-text': {
    meaning: 'A template file is not valid UTF-8, or has a NUL character.',
    reason: 'It becomes part of the YAML text that AMP receives.',
    remedy: 'Save it as UTF-8.',
  },
  'template-file-too-large': {
    meaning: 'A template file is larger than 1,000,000 bytes.',
    reason: 'AMP takes no larger alert manager definition.',
    remedy: 'Remove the templates that PagerDuty does not need.',
  },
  'template-file-name': {
    meaning: 'The name of a template file has `*`, `?`, `[` or a backslash.',
    reason: 'AMP reads the names of template files as patterns again.',
    remedy: 'Rename the file.',
  },
  'template-file-name-twice': {
    meaning: 'Two template files of different directories have the same name.',
    reason: 'AMP knows template files by their names alone.',
    remedy: 'Rename one of them.',
  },
} as const;
