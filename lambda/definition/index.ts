import { handleRequest } from './handle-request';
import { log } from './log';
import { systemClock } from '../shared/clock';

/** AWS CloudFormation -> alert manager definition of an existing workspace. */
export const handler = async (event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<void> =>
  handleRequest(event, { environment: process.env, clock: systemClock, remainingMs: () => context.getRemainingTimeInMillis(), log });
