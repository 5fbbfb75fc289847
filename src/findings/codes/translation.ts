/** Codes of findings about what cannot be carried over to AMP unchanged. */
export const TRANSLATION_FINDINGS = {
  'config-unresolved': {
    meaning: 'The configuration, or its path, contains a value that is only known when the stack is deployed.',
    reason: 'The configuration is read, checked and translated at synthesis.',
    remedy: 'Give it as plain text or as a file; what depends on the deployment has no place in an `alertmanager.yml`.',
  },
  'integration-unsupported': {
    meaning: 'Receivers have integrations other than `pagerduty_configs`, `webhook_configs`, `slack_configs`, `email_configs`, and `sns_configs`. One finding names all of them.',
    reason: 'AMP rejects every integration but SNS topics and PagerDuty. The relay of this construct sends what those of PagerDuty, webhooks, Slack, and email send; those of SNS are passed on.',
    remedy: 'Remove the integration, or leave all of them out with `unsupportedReceivers: UnsupportedReceivers.WARN`.',
  },
  'integration-dropped': {
    meaning: 'An integration other than `pagerduty_configs`, `webhook_configs`, `slack_configs`, `email_configs`, and `sns_configs` was left out, as `UnsupportedReceivers.WARN` asks for.',
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
    reason: 'Which receivers share a key can no longer be determined.',
    remedy: 'Use the original file, or name a different `routing_key_file` per key.',
  },
  'routing-key-implausible': {
    meaning: 'A routing key cannot be one: it is a placeholder such as `${KEY}`, or has the length of a REST API key.',
    reason: 'A routing key is 32 letters and digits. PagerDuty rejects every event with another one, so nobody would be paged.',
    remedy: 'Use the integration key of the service, and put it into the secret. `secrets` does not print the other one.',
  },
  'routing-key-file': {
    meaning: 'A routing key is read from a file.',
    reason: 'AMP has no files; the keys of this construct are in the secret.',
    remedy: 'Put the key into the secret under the name that the warning gives, then acknowledge the warning.',
  },
  'routing-key-native': {
    meaning: 'A routing key is a reference to a secret (`aws_secrets_manager`), the form of AMP\'s own PagerDuty receiver.',
    reason: 'The relay has one secret with all keys, by name. It does not read the secrets that the file names.',
    remedy: 'Put the key into the secret under the name that the warning gives, or pass a secret that has a member of this name as `RoutingKeys.fromSecret(…)`. Then acknowledge the warning.',
  },
  'service-key': {
    meaning: 'A receiver uses `service_key`, a key of PagerDuty\'s Events API v1.',
    reason: 'Events are sent through the Events API v2, with the same dedup key; keys of service integrations generally work there.',
    remedy: 'Try it; if PagerDuty rejects the key, create an integration of type "Events API v2" in the same service.',
  },
  'pagerduty-url-unknown-host': {
    meaning: 'A `url` or `pagerduty_url` names a host that is not PagerDuty\'s.',
    reason: 'Routing keys are sent there, so a foreign host must be meant explicitly.',
    remedy: 'Set the prop `pagerDutyRegion: PagerDutyRegion.endpoint(…)`, or remove the URL.',
  },
  'pagerduty-url-path': {
    meaning: 'A `url` of PagerDuty has another path than `/v2/enqueue`.',
    reason: 'Only its host is used: the relay sends alert events to the Events API v2. Change events (`/v2/change/enqueue`) do not page, so sending alerts instead is an error.',
    remedy: 'Correct the path. Remove a receiver of change events.',
  },
  'pagerduty-region-conflict': {
    meaning: 'A URL in the file and the prop `pagerDutyRegion` name different service regions of PagerDuty.',
    reason: 'A routing key is known in one region only. The prop decides instead of `global.pagerduty_url`; a receiver\'s own `url` stays.',
    remedy: 'Remove one of the two, or acknowledge the warning if the receiver belongs to another account.',
  },
  'http-config-dropped': {
    meaning: 'An `http_config` with proxies, TLS settings or credentials concerns PagerDuty.',
    reason: 'Events are sent by a Lambda function; AMP rejects `http_config`.',
    remedy: 'Remove it or acknowledge the warning; name your own gateway with `PagerDutyRegion.endpoint(…)`, and a proxy with `Delivery.relay({ httpsProxy })`.',
  },
  'timeout-dropped': {
    meaning: 'A `timeout` limits attempts to notify PagerDuty.',
    reason: 'The relay makes the attempts, with a limit of its own, and repeats them from a queue.',
    remedy: 'Remove it or acknowledge the warning.',
  },
  'field-redefines-template': {
    meaning: 'A field of a `pagerduty_config` defines a template of a name that is defined elsewhere, too.',
    reason: 'All fields of an entry are rendered as one message, in which a name can have one definition only.',
    remedy: 'Give the definition its own name, or move it into a template file.',
  },
  'details-key-templated': {
    meaning: 'A key inside nested `details` is a Go template.',
    reason: 'The place of a value in the event is fixed at synthesis.',
    remedy: 'Name the key literally; values can be templates.',
  },
  'details-key-too-long': {
    meaning: 'The keys that lead to a value of `details` are together longer than about 4,000 characters.',
    reason: 'They start the section of a message that the value travels in, and such lines are limited.',
    remedy: 'Shorten the keys; what is long belongs in the value.',
  },
  'sns-api-url': {
    meaning: 'An entry of `sns_configs` has an `api_url`.',
    reason: 'AMP chooses the address of SNS, and refuses a definition that names one.',
    remedy: 'Remove it.',
  },
  'sns-http-config': {
    meaning: 'An `http_config` with proxies, TLS settings or credentials concerns an entry of `sns_configs`.',
    reason: 'AMP rejects it, and publishes from inside of AWS.',
    remedy: 'Remove it. If it is that of `global`, an empty one of its own (`http_config: {}`) in each of the `sns_configs` does as well.',
  },
  'sns-credentials': {
    meaning: '`sigv4` of an entry of `sns_configs` has credentials, a profile, a role, or anything else but the region.',
    reason: 'AMP publishes on its own behalf, and a template must not contain credentials.',
    remedy: 'Remove it, and let `aps.amazonaws.com` publish in the policy of the topic. A key that was in the file should be exchanged.',
  },
  'sns-field-dropped': {
    meaning: 'An entry of `sns_configs` has `workspace_arn`, which AMP adds when it shows its configuration, or `use_aws_http_client`.',
    reason: 'Neither is AMP\'s to be given; both are dropped.',
    remedy: 'Remove it, or acknowledge the warning.',
  },
  'sns-topic-invalid': {
    meaning: 'The `topic_arn` of an entry of `sns_configs` is not the ARN of an SNS topic.',
    reason: 'AMP accepts it when it is deployed, and then loses every notification.',
    remedy: 'Write the ARN of the topic: `arn:aws:sns:<region>:<account>:<name>`.',
  },
  'sns-topic-fifo': {
    meaning: 'The topic of an entry of `sns_configs` is a FIFO topic.',
    reason: 'AMP publishes to standard topics only.',
    remedy: 'Use a standard topic.',
  },
  'sns-topic-other-account': {
    meaning: 'The topic of an entry of `sns_configs` is in another account than the stack.',
    reason: 'AMP publishes to topics in its own account.',
    remedy: 'Use a topic of the same account. Queues and functions of other accounts can subscribe to it.',
  },
  'sns-topic-other-region': {
    meaning: 'The topic of an entry of `sns_configs` is in another region than the stack.',
    reason: 'AMP documents topics of other regions for some pairs of regions only, with another principal in the policy of the topic.',
    remedy: 'Use a topic of the same region; or send a test alert after the first deployment, then acknowledge the warning.',
  },
  'sns-topic-policy': {
    meaning: 'AMP publishes to your own topic, which the configuration names by its ARN.',
    reason: 'The construct cannot change the policy of that topic. Without permission AMP cannot publish, and nobody is notified.',
    remedy: 'Allow it to `aps.amazonaws.com` with `aws:SourceArn` of the workspace and `aws:SourceAccount`, then acknowledge the warning.',
  },
  'sns-region-mismatch': {
    meaning: '`sigv4.region` of an entry of `sns_configs` is not the region of its topic.',
    reason: 'SNS knows a topic in its own region only, so every notification would be refused.',
    remedy: 'Correct one of the two, or leave `sigv4.region` out: then it is the region of the topic.',
  },
  'sns-target-unverified': {
    meaning: 'An entry of `sns_configs` has a `phone_number`, a `target_arn`, or a `topic_arn` that is a template.',
    reason: 'AMP documents topics with a fixed ARN only.',
    remedy: 'Use a topic for it; or send a test alert after the first deployment, then acknowledge the warning.',
  },
  'sns-subject-invalid': {
    meaning: 'The fixed `subject` of an entry of `sns_configs` has other characters than printable ASCII, or more than 100.',
    reason: 'AMP replaces the former by an error text, and cuts the latter.',
    remedy: 'Write at most 100 characters in ASCII.',
  },
  'sns-receiver-name': {
    meaning: 'A text of `sns_configs` prints the URL of Alertmanager, which ends in the name of the receiver, or a notification as a whole, as `{{ . }}` does, and the receiver has other integrations as well.',
    reason: 'Such a receiver is written once for every route, under names that end in `__route_…`, because the dedup key depends on the route.',
    remedy: 'Give the `sns_configs` a receiver of their own, define the template `__alertmanagerURL` in a template file, or print the fields of the notification.',
  },
  'secret-file': {
    meaning: 'A secret of an entry, such as the URL of a webhook or a password, is read from a file.',
    reason: 'AMP has no files. The values are in the secret.',
    remedy: 'Put the content of the file into the secret, under the name that the finding shows, and acknowledge the warning.',
  },
  'secret-redacted': {
    meaning: 'A secret of an entry is `<secret>`: the file is what Alertmanager prints as its status, without the secrets.',
    reason: 'Nobody knows the value any more.',
    remedy: 'Use the original file, or name the file that holds the value, for example with `url_file`.',
  },
  'secret-implausible': {
    meaning: 'A secret of an entry, such as the URL of a webhook or a password, cannot be right: it is or has a placeholder such as `${TOKEN}`, `<TOKEN>`, or `CHANGE_ME`, or it is a template where Alertmanager renders none.',
    reason: 'Alertmanager does not replace placeholders. What should have done so, such as a tool for deployments, did not run over the file.',
    remedy: 'Put the real value into the secret, under the name that the finding shows, and acknowledge the warning. `secrets` does not print the other one: give it the value with `--key-file NAME=PATH`.',
  },
  'secret-name-taken': {
    meaning: 'A routing key and a secret of another integration would have the same name in the secret.',
    reason: 'Each name stands for one value. Secrets of webhooks and of Slack are named after receiver and index, routing keys after the receiver.',
    remedy: 'Rename the receiver that is called like the entry in the secret.',
  },
  'webhook-url-template': {
    meaning: 'The `url` of a webhook is a template that cannot be rendered without its fixed text, or that could change the host.',
    reason: 'The fixed text of a URL often holds a token, so it stays in the secret; a message carries only what each action prints.',
    remedy: 'Use actions that print a value, behind the host; choose between URLs by routes.',
  },
  'webhook-url-max-alerts': {
    meaning: 'The `url` of a webhook is a template, and the entry has `max_alerts`.',
    reason: 'Alertmanager renders the URL for the alerts that are sent, AMP for all alerts of the group.',
    remedy: 'Remove `max_alerts`, or use only values that are the same for both.',
  },
  'webhook-payload-unsupported': {
    meaning: 'An entry of `webhook_configs` has a `payload`.',
    reason: 'The payload is a tree of templates that Alertmanager renders and reads again as YAML. The relay sends Alertmanager\'s own JSON.',
    remedy: 'Remove it, and let the server read Alertmanager\'s JSON.',
  },
  'address-refused': {
    meaning: 'The notify function does not connect to the address of a webhook or of Slack: it is not https, private, known by a name of a private network only, loopback, or link-local.',
    reason: 'A function on the public internet reaches no private network, and a URL that labels can change must not reach the function itself.',
    remedy: 'Use a public https address, `vpc` for a private one, or `allowHttp`; a private server without https needs both. Otherwise notifications move to the dead-letter queue.',
  },
  'request-http-config': {
    meaning: 'The `http_config` of a webhook or of Slack has a proxy, OAuth 2.0, or TLS settings.',
    reason: 'The request is sent by a function. It honors `basic_auth`, `authorization`, `bearer_token`, and `http_headers`.',
    remedy: 'Name a proxy with `Delivery.relay({ notify: { httpsProxy } })`. For OAuth 2.0 and client certificates, use other credentials; for a private certificate authority, a public certificate. Acknowledge the warning if the server accepts requests without.',
  },
  'request-timeout-capped': {
    meaning: 'The `timeout` of a webhook or of Slack is longer than the notify function waits.',
    reason: 'A function has a time limit, and 30 seconds of it are for one request.',
    remedy: 'Write 30s or less. A request that takes longer is retried, so the server might receive it twice.',
  },
  'slack-field-dropped': {
    meaning: 'An entry of `slack_configs` has `update_message` or `post_updates_to_thread`, or an `api_url_file` that Alertmanager does not read beside an app token in `global`.',
    reason: 'Updates and threads need what Slack answered to the first message of a group. The relay does not keep answers: each notification is a message of its own.',
    remedy: 'Remove the field, or acknowledge the warning.',
  },
  'slack-channel-missing': {
    meaning: 'An entry of `slack_configs` posts to Slack\'s API with a token and has no `channel`.',
    reason: 'Only an incoming webhook has a channel of its own. The API refuses a message without one, and the notification moves to the dead-letter queue.',
    remedy: 'Give `channel` the name or the id of a channel that the app is a member of.',
  },
  'webhook-target-invalid': {
    meaning: 'An entry of the prop `webhooks` is not a `WebhookTarget`, or has a value that Sysdig Monitor cannot take.',
    reason: 'Every event would be refused, or the token would be sent unencrypted.',
    remedy: 'Correct the value that the message names. Severities are whole numbers from 0 to 7.',
  },
  'webhook-target-receiver': {
    meaning: 'The prop `webhooks` names a receiver that the configuration does not have, that has no `webhook_configs`, or that has several.',
    reason: 'A target takes the place of one entry of `webhook_configs`.',
    remedy: 'Correct the name. Give an entry that is to be bound a receiver of its own.',
  },
  'webhook-target-unused': {
    meaning: 'The prop `webhooks` names a receiver that no route leads to.',
    reason: 'Its target never gets a notification.',
    remedy: 'Add a route to the receiver, or remove the entry.',
  },
  'webhook-target-field-dropped': {
    meaning: 'An entry of `webhook_configs` that is bound to a target has an `http_config` or a `payload`.',
    reason: 'They concern the server that its `url` names. The notify function posts to the API of the target, with the token in the secret.',
    remedy: 'Remove them, or acknowledge the warning.',
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
    remedy: 'Remove it; routing keys belong in the secret.',
  },
} as const;
