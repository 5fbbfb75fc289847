import { deliverBatch, type BatchResponse } from './deliver-batch';
import type { DeliverCollaborators } from './deliver-group';
import { isTextRecord, parseEndpoints } from './endpoints';
import { postJson } from './http';
import { Lanes } from './pace/lanes';
import { RoutingKeyCache } from './routing-key-cache';
import { CommonEnvironment, DeliverEnvironment } from '../../src/contract/environment';
import { createAwsClient } from '../shared/aws/aws-client';
import { resolveEndpoint } from '../shared/aws/endpoint';
import { DYNAMODB, SECRETS_MANAGER, SQS } from '../shared/aws/services';
import { systemClock } from '../shared/clock';
import { requireEnv, requireJsonEnv, requirePositiveNumberEnv, type Environment } from '../shared/environment';
import { isTextList } from '../shared/guards';
import { preconnect } from '../shared/net/agents';
import { sqsDeliveryQueue } from '../shared/queue/delivery-queue';
import { secretReader } from '../shared/secret';
import { createTelemetry } from '../shared/telemetry';
import { DeliveryHistory } from '../shared/watermark/delivery-history';
import { openSharedTable } from '../shared/watermark/open-shared-table';

/** What the function works with in Lambda: made once, when it starts. */
function deliverCollaborators(environment: Environment): DeliverCollaborators {
  // Short limits, for everything must happen in the time of one invocation; what fails is retried with the next.
  const queueUrl = requireEnv(environment, DeliverEnvironment.QUEUE_URL);
  const sqs = createAwsClient(SQS, { environment, maxAttempts: 2, attemptTimeoutMs: 1500, knownUrl: queueUrl });
  const secrets = createAwsClient(SECRETS_MANAGER, { environment, maxAttempts: 2, attemptTimeoutMs: 1500 });
  const clock = systemClock;
  const defaultEndpoint = requireEnv(environment, DeliverEnvironment.DEFAULT_ENDPOINT);
  const telemetry = createTelemetry('deliver', requireEnv(environment, CommonEnvironment.WORKSPACE_ID), clock);
  const table = openSharedTable(requireEnv(environment, DeliverEnvironment.WATERMARK_TABLE), { environment, telemetry, clock });
  return {
    queue: sqsDeliveryQueue(sqs, queueUrl, requireEnv(environment, DeliverEnvironment.DEAD_LETTER_QUEUE_URL)),
    keys: new RoutingKeyCache(
      secretReader(secrets, requireEnv(environment, DeliverEnvironment.ROUTING_KEY_SECRET_ARN)),
      requireJsonEnv(environment, DeliverEnvironment.ROUTING_KEY_NAMES, isTextList, 'a JSON array of names'), clock.now),
    post: postJson,
    endpoints: parseEndpoints(
      requireJsonEnv(environment, DeliverEnvironment.PAGERDUTY_ENDPOINTS, isTextRecord, 'a JSON object from names to URLs'), defaultEndpoint),
    defaultEndpoint,
    table,
    history: new DeliveryHistory(table),
    lanes: new Lanes(table, clock),
    retryWindowSeconds: requirePositiveNumberEnv(environment, DeliverEnvironment.RETRY_WINDOW_SECONDS),
    telemetry,
    clock,
  };
}

const collaborators = deliverCollaborators(process.env);

// The first page needs these connections.
preconnect([resolveEndpoint(SECRETS_MANAGER, process.env), resolveEndpoint(DYNAMODB, process.env), ...Array.from(collaborators.endpoints.values())]);

/** Queue -> PagerDuty. */
export const handler = async (event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<BatchResponse> =>
  deliverBatch(event, collaborators, () => context.getRemainingTimeInMillis());
