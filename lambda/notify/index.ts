import { emailSender } from './email/email-sender';
import type { SesCollaborators } from './email/ses/send-ses';
import { guardedLookup } from './guarded-lookup';
import { proxiedPost } from './http/proxied-post';
import { notifyBatch, type BatchResponse } from './notify-batch';
import type { NotifyCollaborators } from './notify-group';
import { SecretValues } from './secret-values';
import { slackSender } from './slack/send-slack';
import { sysdigEndpoints } from './sysdig/endpoints';
import { sysdigSender } from './sysdig/send-sysdig';
import { webhookSender } from './webhook/send-webhook';
import { CommonEnvironment, NotifyEnvironment } from '../../src/contract/environment';
import { TRANSPORT_DIMENSION } from '../../src/contract/metrics';
import { AddressPermission, Transport } from '../../src/contract/queued-notification';
import { createAwsClient } from '../shared/aws/aws-client';
import { SECRETS_MANAGER, SQS } from '../shared/aws/services';
import { systemClock, type Clock } from '../shared/clock';
import { requireEnv, requireJsonEnv, requirePositiveNumberEnv, type Environment } from '../shared/environment';
import { isArray } from '../shared/guards';
import { usesProxy } from '../shared/net/agents';
import { post } from '../shared/net/post';
import { sqsDeliveryQueue } from '../shared/queue/delivery-queue';
import { secretReader } from '../shared/secret';
import { createTelemetry, type Telemetry } from '../shared/telemetry';
import { DeliveryHistory } from '../shared/watermark/delivery-history';
import { openSharedTable } from '../shared/watermark/open-shared-table';

/** What the function works with in Lambda: made once, when it starts. */
function notifyCollaborators(environment: Environment): NotifyCollaborators & { readonly flush: () => void } {
  const queueUrl = requireEnv(environment, NotifyEnvironment.QUEUE_URL);
  const sqs = createAwsClient(SQS, { environment, maxAttempts: 2, attemptTimeoutMs: 1500, knownUrl: queueUrl });
  const secrets = createAwsClient(SECRETS_MANAGER, { environment, maxAttempts: 2, attemptTimeoutMs: 1500 });
  const permissions = requireJsonEnv(environment, NotifyEnvironment.ADDRESS_PERMISSIONS, arePermissions, 'a JSON array of http, private, and local');
  const workspaceId = requireEnv(environment, CommonEnvironment.WORKSPACE_ID);
  const clock = systemClock;
  const telemetry = createTelemetry('notify', workspaceId, clock);
  const table = openSharedTable(requireEnv(environment, NotifyEnvironment.WATERMARK_TABLE), { environment, telemetry, clock });
  const telemetryOf = (transport: Transport): Telemetry => createTelemetry('notify', workspaceId, clock, { [TRANSPORT_DIMENSION]: transport });
  const byTransport: { readonly [transport in Transport]: Telemetry } = {
    webhook: telemetryOf(Transport.WEBHOOK),
    email: telemetryOf(Transport.EMAIL),
    slack: telemetryOf(Transport.SLACK),
    sysdig: telemetryOf(Transport.SYSDIG),
  };
  const collaborators = {
    secrets: new SecretValues(secretReader(secrets, requireEnv(environment, NotifyEnvironment.SECRET_ARN))),
    post: usesProxy(environment) ? proxiedPost(post) : post,
    permissions,
    lookup: guardedLookup(permissions),
    clock,
    ses: sesCollaborators(environment, clock),
  };
  return {
    queue: sqsDeliveryQueue(sqs, queueUrl, requireEnv(environment, NotifyEnvironment.DEAD_LETTER_QUEUE_URL)),
    transports: {
      webhook: webhookSender(collaborators),
      email: emailSender(collaborators),
      slack: slackSender(collaborators, requireEnv(environment, NotifyEnvironment.SLACK_API_URL)),
      sysdig: sysdigSender(sysdigEndpoints(environment), collaborators),
    },
    table,
    history: new DeliveryHistory(table, 'notify'),
    clock,
    retryWindowSeconds: requirePositiveNumberEnv(environment, NotifyEnvironment.RETRY_WINDOW_SECONDS),
    telemetry,
    telemetryOf: (transport) => byTransport[transport],
    flush: () => [telemetry, ...Object.values(byTransport)].forEach((each) => each.flush()),
  };
}

/** Undefined if mails go to the server of the configuration. */
function sesCollaborators(environment: Environment, clock: Clock): SesCollaborators | undefined {
  const region = environment[NotifyEnvironment.SES_REGION];
  const configurationSet = environment[NotifyEnvironment.SES_CONFIGURATION_SET];
  return region === undefined ? undefined : { environment, region, ...(configurationSet !== undefined && { configurationSet }), post, clock };
}

function arePermissions(value: unknown): value is readonly AddressPermission[] {
  return isArray(value) && value.every((entry) => Object.values(AddressPermission).some((known) => known === entry));
}

const { flush, ...collaborators } = notifyCollaborators(process.env);

/** Queue -> servers of webhooks and of mail, and Slack. */
export const handler = async (event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<BatchResponse> =>
  notifyBatch(event, { ...collaborators, remainingMs: () => context.getRemainingTimeInMillis() }, flush);
