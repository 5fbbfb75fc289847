import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { deliverBatch, type BatchResponse, type DeliverCollaborators } from './deliver-batch';
import { sqsDeliveryQueue } from './delivery-queue';
import { isTextRecord, parseEndpoints } from './endpoints';
import { SentEvents } from './group-order';
import { postJson } from './http';
import { RoutingKeys } from './routing-keys';
import { secretReader } from './secret';
import { CommonEnvironment, DeliverEnvironment } from '../../src/contract/environment';
import { requireEnv, requireJsonEnv, requirePositiveNumberEnv, type Environment } from '../shared/environment';
import { isTextList } from '../shared/guards';
import { createTelemetry } from '../shared/telemetry';

/** What the function works with in Lambda: made once, when it starts. */
function deliverCollaborators(environment: Environment): DeliverCollaborators {
  // Short, for all of it has to happen in the time of one invocation; what fails is tried again with the next.
  const requestHandler = { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true };
  const sqs = new SQSClient({ maxAttempts: 3, requestHandler });
  const secrets = new SecretsManagerClient({ maxAttempts: 2, requestHandler });
  const defaultEndpoint = requireEnv(environment, DeliverEnvironment.DEFAULT_ENDPOINT);
  return {
    queue: sqsDeliveryQueue(
      sqs, requireEnv(environment, DeliverEnvironment.QUEUE_URL), requireEnv(environment, DeliverEnvironment.DEAD_LETTER_QUEUE_URL)),
    keys: new RoutingKeys(
      secretReader(secrets, requireEnv(environment, DeliverEnvironment.ROUTING_KEY_SECRET_ARN)),
      requireJsonEnv(environment, DeliverEnvironment.ROUTING_KEY_NAMES, isTextList, 'a JSON array of names')),
    post: postJson,
    endpoints: parseEndpoints(
      requireJsonEnv(environment, DeliverEnvironment.PAGERDUTY_ENDPOINTS, isTextRecord, 'a JSON object from names to URLs'), defaultEndpoint),
    defaultEndpoint,
    sentEvents: new SentEvents(),
    retryWindowSeconds: requirePositiveNumberEnv(environment, DeliverEnvironment.RETRY_WINDOW_SECONDS),
    telemetry: createTelemetry('deliver', requireEnv(environment, CommonEnvironment.WORKSPACE_ID)),
  };
}

const collaborators = deliverCollaborators(process.env);

/** Queue -> PagerDuty. */
export const handler = async (event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<BatchResponse> =>
  deliverBatch(event, collaborators, () => context.getRemainingTimeInMillis());
