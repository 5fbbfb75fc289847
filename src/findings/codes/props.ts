/** Codes of findings about the props of the construct. */
export const PROP_FINDINGS = {
  'workspace-invalid': {
    meaning: 'The value given as `workspace` is not an `AlertingWorkspace`, or the one given to `AlertingWorkspace.of()` is not a `CfnWorkspace`.',
    reason: 'The construct must know whether to create the workspace, to complete one of the same stack, or to take an existing one.',
    remedy: 'Use `AlertingWorkspace.create({ … })`, `AlertingWorkspace.of(workspace)` for a `CfnWorkspace` of the same stack, or `AlertingWorkspace.existing(workspace)` for an ARN, an id, or the workspace of another stack or tool.',
  },
  'workspace-arn-invalid': {
    meaning: 'The value given to `AlertingWorkspace.existing()` or `AmpRules` is not the ARN or the id of an AMP workspace.',
    reason: 'Policies, rules, and the alert manager definition name the workspace by it.',
    remedy: 'Copy the ARN from the console of AMP, or from `aws amp list-workspaces`. `AmpRules` also takes `alerting.workspace`.',
  },
  'property-type-invalid': {
    meaning: 'A property has a value of another kind than the one that it is made for, which JavaScript lets through.',
    reason: 'Only objects of the library, or of the CDK, are read and checked: the path of a file or plain options are not.',
    remedy: 'Use the method that the finding names, such as `AlertManagerConfig.fromFile(path)` or `Delivery.relay({ … })`.',
  },
  'choice-unknown': {
    meaning: 'An option has a value that is none of its choices, which JavaScript lets through.',
    reason: 'The option would have no effect, and nobody would notice before it matters.',
    remedy: 'Use the enum of the option, such as `OnRemoval.KEEP`.',
  },
  'workspace-other-environment': {
    meaning: 'The existing workspace is in another account or Region than the stack.',
    reason: 'AMP publishes to topics in its own account, and CloudFormation creates rules in the Region of the stack.',
    remedy: 'Create the construct in a stack whose `env` is the account and Region of the workspace.',
  },
  'workspace-shared': {
    meaning: 'Two `AmpPagerDutyAlerting` of the app write the alert manager definition of one workspace.',
    reason: 'A workspace has one definition: each deployment would overwrite the definition of the other construct.',
    remedy: 'Use one `AmpPagerDutyAlerting` per workspace.',
  },
  'workspace-has-definition': {
    meaning: 'The resource given to `AlertingWorkspace.of()` has its own alert manager definition.',
    reason: 'A workspace has one definition, and the construct writes it.',
    remedy: 'Leave `alertManagerDefinition` unset and give the configuration to the construct as `alertManagerConfig`.',
  },
  'workspace-other-stack': {
    meaning: 'The resource given to `AlertingWorkspace.of()` is in a different stack than the construct.',
    reason: 'The workspace names the topic and the policy of the topic names the workspace; two stacks cannot depend on each other.',
    remedy: 'Use `AlertingWorkspace.existing(workspace)`, create the construct in the scope of the stack of the workspace, or bring the workspace into the stack with `cdk import` or `CfnInclude`.',
  },
  'workspace-alias-invalid': {
    meaning: 'The alias of the workspace is empty or longer than 100 characters.',
    reason: 'AMP rejects it.',
    remedy: 'Shorten it, or remove it.',
  },
  'workspace-setting-invalid': {
    meaning: 'A setting given to `AlertingWorkspace.create()` has another type than the option, or is outside of the range that AMP accepts.',
    reason: 'AMP rejects it, after minutes of deployment.',
    remedy: 'Choose what the message names.',
  },
  'workspace-not-retained': {
    meaning: 'The resource given to `AlertingWorkspace.of()` is deleted with the stack, or when it is replaced.',
    reason: 'All metrics are lost with the workspace. A change of its KMS key replaces it, and so does a change from `AlertingWorkspace.create()` to `AlertingWorkspace.of()`.',
    remedy: 'Call `workspace.applyRemovalPolicy(RemovalPolicy.RETAIN)`. To change settings of a workspace that the construct created, use the options of `AlertingWorkspace.create()`.',
  },
  'workspace-key-changed': {
    meaning: 'The KMS key of the workspace that the construct creates is set on the resource itself.',
    reason: 'AMP sets the key at creation only: CloudFormation would replace the workspace, and its metrics would stay in the old one.',
    remedy: 'Use `AlertingWorkspace.create({ encryptionKey })` for a new workspace. For one with metrics, leave the key as it is.',
  },
  'grant-other-account': {
    meaning: 'A permission on alerts or silences is granted to a principal of another account.',
    reason: 'AMP shares remote write and queries through the policy of a workspace, and ignores all other actions there.',
    remedy: 'Grant the permission to a role in the account of the workspace, and let the principal assume the role.',
  },
  'template-too-large': {
    meaning: 'The rules and the alert manager definition make the template of a stack larger than CloudFormation takes.',
    reason: 'CloudFormation takes a template of 1 MB.',
    remedy: 'Move rules to other stacks with `AmpRules`, which needs only the workspace.',
  },
  'external-id-without-role': {
    meaning: 'An external id is given without a role to assume.',
    reason: 'It is part of the call that assumes the role, and would be ignored.',
    remedy: 'Give `roleArn` as well, or leave `externalId` out.',
  },
  'scrape-targets-invalid': {
    meaning: 'A scrape target is not `host:port`, or there are none.',
    reason: 'The collector would not start, or would send no metrics.',
    remedy: 'Leave the scheme and the path out, or leave `scrapeTargets` out to scrape the node exporter on the same machine.',
  },
  'rules-invalid': {
    meaning: 'The value given as `rules` is not a list of `RuleGroups`.',
    reason: 'Only `RuleGroups` are read and checked.',
    remedy: 'Use `rules: [RuleGroups.fromFile(path)]`.',
  },
  'quota-invalid': {
    meaning: 'An entry of `quotas` is neither a whole number of at least 1 nor a duration of whole milliseconds, or is known only at deployment.',
    reason: 'Configuration and rules are compared with it at synthesis.',
    remedy: 'Write the quota as the console of Service Quotas shows it.',
  },
  'namespace-duplicate': {
    meaning: 'Two `RuleGroups` have the same namespace.',
    reason: 'AMP knows a namespace by its name: one would replace the rules of the other.',
    remedy: 'Give each its own namespace.',
  },
  'endpoint-invalid': {
    meaning: 'The address given to `PagerDutyRegion.endpoint()` is not an HTTPS URL that accepts events.',
    reason: 'Every event carries a routing key, so it must be encrypted on its way.',
    remedy: 'Give the whole address, with `https://` and path, without credentials or fragment, in at most 1000 bytes.',
  },
  'retry-window-invalid': {
    meaning: 'The retry window is shorter than 5 minutes or longer than 7 days, or no whole number of seconds.',
    reason: 'A shorter window gives up during a usual hiccup; SQS forgets after 14 days, and what was given up is to be there for a while.',
    remedy: 'Choose a window between the two. Events that it ends for are in the dead-letter queue, and can be sent again.',
  },
  'max-concurrency-invalid': {
    meaning: '`maxConcurrency` is not a whole number from 2 to 1000.',
    reason: 'Lambda rejects it.',
    remedy: 'Choose a number in the range.',
  },
  'memory-size-invalid': {
    meaning: '`memorySize` is not a whole number from 128 to 10240.',
    reason: 'Lambda rejects it.',
    remedy: 'Choose a number of MiB in the range.',
  },
  'severities-invalid': {
    meaning: 'An entry of `severities` maps nothing, maps to no severity of PagerDuty, or maps what another entry maps; or there are too many.',
    reason: 'PagerDuty rejects events with any severity but critical, error, warning and info; and the environment of a function holds only a few kilobytes.',
    remedy: 'Correct the entry. Upper and lower case of the left side do not count.',
  },
  'network-invalid': {
    meaning: '`subnets` or `securityGroups` is set without `vpc`, or `httpsProxy` is not the URL of a proxy.',
    reason: 'Without a VPC, subnets and security groups would be ignored. Credentials in the URL of a proxy would be readable in the template.',
    remedy: 'Set `vpc` as well. Write the proxy as `http://` or `https://` URL without credentials.',
  },
  'topic-fifo': {
    meaning: 'The topic given as `topic` is a FIFO topic.',
    reason: 'AMP publishes to standard topics only. The order is kept behind the topic, by the queue.',
    remedy: 'Use a standard topic, or remove it.',
  },
  'topic-shared': {
    meaning: 'The topic given as `topic` is used by another `AmpPagerDutyAlerting` already.',
    reason: 'Each of them would receive the notifications of both, and page twice.',
    remedy: 'Use a separate topic for each.',
  },
  'topic-other-environment': {
    meaning: 'The topic given as `topic` is in another account or region than the workspace.',
    reason: 'AMP publishes to topics in its own account; across Regions it needs other permissions.',
    remedy: 'Use a topic of the same account and Region, or remove it.',
  },
  'secret-other-region': {
    meaning: 'The secret given to `RoutingKeys.fromSecret()` is in another region than the construct.',
    reason: 'The deliver function asks Secrets Manager in its own Region, which does not have it: nobody would be paged.',
    remedy: 'Replicate the secret to the region of the stack and give the replica, or use another one.',
  },
  'secret-key-unknown': {
    meaning: 'The secret given to `RoutingKeys.fromSecret()` belongs to another account, and its encryption key is not known.',
    reason: 'The default key `aws/secretsmanager` cannot be used across accounts, and the deliver function is not granted `kms:Decrypt` on a key that is not known: no page would be sent.',
    remedy: 'Import the secret with its customer-managed key: `Secret.fromSecretAttributes(this, id, { secretCompleteArn, encryptionKey: Key.fromKeyArn(…) })`.',
  },
  'secret-policy-unchanged': {
    meaning: 'The secret given to `RoutingKeys.fromSecret()` belongs to another account, so neither its policy nor the policy of its key is changed.',
    reason: 'Across accounts, both policies must allow the role of the deliver function. Without them every read is denied, and no page is sent.',
    remedy: 'In the account of the secret, allow the role `secretsmanager:GetSecretValue` in the policy of the secret and `kms:Decrypt` in the policy of its key. Then acknowledge the warning.',
  },
  'key-aws-managed': {
    meaning: 'A key that AWS manages, such as `alias/aws/sns`, encrypts the topic or the queues.',
    reason: 'The policy of such a key admits no other service and cannot be changed: AMP could never publish.',
    remedy: 'Use a customer-managed key, or leave `encryptionKey` out.',
  },
  'key-other-region': {
    meaning: 'The key given as `encryptionKey` is in another region than the construct.',
    reason: 'Amazon SNS, SQS and Secrets Manager encrypt with keys in their own Region only.',
    remedy: 'Use a key of the region of the stack; of a multi-Region key, its replica there.',
  },
  'topic-policy-unchanged': {
    meaning: 'The topic given as `topic` is imported, so its policy is not changed.',
    reason: 'Without permission in the policy AMP cannot publish, and nobody is paged.',
    remedy: 'Allow it where the topic is defined, then acknowledge the warning.',
  },
  'topic-message-size': {
    meaning: 'The app subscribes something to the topic of the relay that SNS does not allow on a topic for messages of more than 256 KiB, for example an email address or an HTTPS endpoint.',
    reason: 'The limit of the topic stays at 256 KiB for body and attributes together. Alertmanager truncates the body alone to 256 KiB, so SNS refuses a truncated notification, and nobody is paged for it.',
    remedy: 'Subscribe an SQS queue, a Lambda function, or a Firehose stream, and notify from there. Or acknowledge the warning, if no notification can be that large.',
  },
  'key-policy-unchanged': {
    meaning: 'The key of the topic is imported, so its policy is not changed.',
    reason: 'Without permission in the policy AMP cannot publish, and nobody is paged.',
    remedy: 'Allow it where the key is defined, then acknowledge the warning.',
  },
  'alarm-through-relay': {
    meaning: 'An alarm of the construct has an action on the topic of its own relay.',
    reason: 'It could not be heard when the relay fails, when it matters most.',
    remedy: 'Use another topic whose messages reach people by another path.',
  },
  'alarm-threshold-invalid': {
    meaning: 'An entry of `alarmThresholds` is out of range.',
    reason: 'CloudWatch refuses the alarm, or the alarm could never change its state.',
    remedy: 'Use a value in the range that the message names.',
  },
  'alarms-without-actions': {
    meaning: 'No alarm has an action.',
    reason: 'Alarms without actions only appear in the console: if pages do not arrive, nobody learns of it.',
    remedy: 'Set `alarmActions`, or call `addAlarmAction()`, with an action that reaches people without this construct. If you look at the alarms in another way, acknowledge the warning.',
  },
  'alarm-actions-unused': {
    meaning: '`alarmActions` or `alarmThresholds` are given while `alarms` is false.',
    reason: 'They would be ignored.',
    remedy: 'Remove one of the two.',
  },
} as const;
