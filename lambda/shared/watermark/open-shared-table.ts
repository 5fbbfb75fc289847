import { SharedTable } from './shared-table';
import { WatermarkTable } from './watermark-table';
import { createAwsClient } from '../aws/aws-client';
import { DYNAMODB } from '../aws/services';
import type { Clock } from '../clock';
import type { Environment } from '../environment';
import type { Telemetry } from '../telemetry';

interface TableContext {
  readonly environment: Environment;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}

/** Every delivery waits for the table, and goes out without it. */
const ATTEMPT_TIMEOUT_MS = 400;

/** The watermark table of this name, as the functions use it. */
export function openSharedTable(tableName: string, { environment, telemetry, clock }: TableContext): SharedTable {
  const client = createAwsClient(DYNAMODB, { environment, maxAttempts: 2, attemptTimeoutMs: ATTEMPT_TIMEOUT_MS });
  return new SharedTable(new WatermarkTable(client, tableName, clock), telemetry, clock);
}
