/** Codes of findings about what cannot be carried over to AMP unchanged. */
export const TRANSLATION_FINDINGS = {
  'config-unresolved': {
    meaning: 'The configuration, or its path, contains a value that is only known when the stack is deployed.',
    reason: 'The configuration is read, checked and translated at synthesis.',
    remedy: 'Give it as plain text or as a file; what depends on the deployment has no place in an `alertmanager.yml`.',
  },
  'integration-unsupported': {
    meaning: 'A receiver has an integration other than `pagerduty_configs`.',
    reason: 'AMP refuses every integration but SNS topics and PagerDuty, and this construct translates those of PagerDuty.',
    remedy: 'Remove the integration, or leave all of them out with `unsupportedReceivers: UnsupportedReceivers.WARN`.',
  },
  'integration-dropped': {
    meaning: 'An integration other than `pagerduty_configs` was left out, as `UnsupportedReceivers.WARN` asks for.',
    reason: 'Alerts that reach its receiver no longer notify anybody in this way.',
    remedy: 'Acknowledge the warning, or route these alerts to a receiver that pages.',
  },
  'routing-key-templated': {
    meaning: 'A routing key is a Go template.',
    reason: 'It is rendered by AMP, so that the key would travel in messages; keys are in the secret only.',
    remedy: 'Write one receiver per key and choose between them by routes.',
  },
  'routing-key-redacted': {
    meaning: 'A routing key is `<secret>`: the file is what Alertmanager prints as its status, without the keys.',
    reason: 'Which receivers share a key can no longer be told.',
    remedy: 'Use the original file, or name a different `routing_key_file` per key.',
  },
  'routing-key-file': {
    meaning: 'A routing key is read from a file.',
    reason: 'AMP has no files; the keys of this construct are in the secret.',
    remedy: 'Put the key into the secret under the name that the warning gives, then acknowledge the warning.',
  },
  'service-key': {
    meaning: 'A receiver uses `service_key`, a key of PagerDuty\'s Events API v1.',
    reason: 'Events are sent through the Events API v2, with the same dedup key; keys of service integrations generally work there.',
    remedy: 'Try it; if PagerDuty refuses the key, create an integration of type "Events API v2" in the same service.',
  },
  'pagerduty-url-unknown-host': {
    meaning: 'A `url` or `pagerduty_url` names a host that is not PagerDuty\'s.',
    reason: 'Routing keys are sent there, so a foreign host has to be meant explicitly.',
    remedy: 'Set the prop `pagerDutyRegion: PagerDutyRegion.endpoint(…)`, or remove the URL.',
  },
  'pagerduty-region-conflict': {
    meaning: 'A URL in the file and the prop `pagerDutyRegion` name different service regions of PagerDuty.',
    reason: 'A routing key is known in one region only. The prop decides instead of `global.pagerduty_url`; a receiver\'s own `url` stays.',
    remedy: 'Remove one of the two, or acknowledge the warning if the receiver belongs to another account.',
  },
  'http-config-dropped': {
    meaning: 'An `http_config` with proxies, TLS settings or credentials concerns PagerDuty.',
    reason: 'Events are sent by a Lambda function; AMP refuses `http_config`.',
    remedy: 'Remove it or acknowledge the warning; a gateway of your own can be named by `PagerDutyRegion.endpoint(…)`.',
  },
  'timeout-dropped': {
    meaning: 'A `timeout` limits attempts to notify PagerDuty.',
    reason: 'The relay makes the attempts, with a limit of its own, and repeats them from a queue.',
    remedy: 'Remove it or acknowledge the warning.',
  },
  'field-redefines-template': {
    meaning: 'A field of a `pagerduty_config` defines a template of a name that is defined elsewhere, too.',
    reason: 'All fields of an entry are rendered as one message, in which a name can have one definition only.',
    remedy: 'Give the definition a name of its own, or move it into a template file.',
  },
  'details-key-templated': {
    meaning: 'A key inside nested `details` is a Go template.',
    reason: 'The place of a value in the event is fixed at synthesis.',
    remedy: 'Name the key literally; values may be templates.',
  },
  'definition-too-large': {
    meaning: 'The translated definition exceeds what AMP takes, or what CloudFormation takes as a template.',
    reason: 'AMP takes 1,000,000 bytes, CloudFormation a template of 1 MB.',
    remedy: 'Shorten templates, or split the configuration over several workspaces.',
  },
  'definition-large': {
    meaning: 'The translated definition takes most of a CloudFormation template.',
    reason: 'CloudFormation takes a template of 1 MB with everything in it.',
    remedy: 'Keep the construct in a stack of its own, or shorten templates.',
  },
  'definition-dynamic-reference': {
    meaning: 'The configuration contains `{{resolve:`.',
    reason: 'CloudFormation replaces dynamic references before AMP sees the definition.',
    remedy: 'Remove it; routing keys belong into the secret.',
  },
} as const;
