import { isSeverityMap } from './event/severity';
import { sqsEventQueue } from './event-queue';
import { sqsNotificationQueue } from './notification-queue';
import { receiveNotifications, type ReceiveCollaborators } from './receive-notifications';
import { CommonEnvironment, ReceiveEnvironment } from '../../src/contract/environment';
import { createAwsClient } from '../shared/aws/aws-client';
import { resolveEndpoint } from '../shared/aws/endpoint';
import { SQS } from '../shared/aws/services';
import { requireEnv, requireJsonEnv, type Environment } from '../shared/environment';
import { preconnect } from '../shared/net/agents';
import { createTelemetry } from '../shared/telemetry';

/** What the function works with in Lambda: made once, when it starts. */
function receiveCollaborators(environment: Environment): ReceiveCollaborators {
  const queueUrl = requireEnv(environment, ReceiveEnvironment.QUEUE_URL);
  const notifyQueueUrl = environment[ReceiveEnvironment.NOTIFY_QUEUE_URL];
  const client = createAwsClient(SQS, { environment, maxAttempts: 5, attemptTimeoutMs: 5000, knownUrl: queueUrl });
  return {
    queue: sqsEventQueue(client, queueUrl),
    ...(notifyQueueUrl !== undefined && notifyQueueUrl !== '' && { notificationQueue: sqsNotificationQueue(client, notifyQueueUrl) }),
    severityMap: requireJsonEnv(
      environment, ReceiveEnvironment.SEVERITY_MAP, isSeverityMap, 'a JSON object from severities to critical, error, warning or info'),
    telemetry: createTelemetry('receive', requireEnv(environment, CommonEnvironment.WORKSPACE_ID)),
  };
}

const collaborators = receiveCollaborators(process.env);

// The first notification needs this connection.
preconnect([resolveEndpoint(SQS, process.env, process.env[ReceiveEnvironment.QUEUE_URL])]);

/** SNS -> queue. */
export const handler = async (event: unknown): Promise<void> => receiveNotifications(event, collaborators);
