import type { TransportHead } from '../../../src/contract/message';
import type { Transport, TransportRequests } from '../../../src/contract/queued-notification';
import type { DecodedMessage } from '../decode/decode-message';

/** What a transport makes of a message. */
export interface BuiltRequest<T extends Transport> {
  readonly request: TransportRequests[T];
  /** How many alerts were lost because the message arrived truncated; 0 where texts were shortened and no alert is missing. */
  readonly lostAlerts: number;
  /** Whether the receiver has severities, and no alert has one that it knows. */
  readonly isSeverityUnknown?: boolean;
}

/**
 * Builds the request that Alertmanager would have sent.
 *
 * @throws Error when what is left of a truncated message would go to a wrong place.
 */
export type BuildRequest<T extends Transport> = (message: DecodedMessage<TransportHead<T>>, groupKey: string) => BuiltRequest<T>;
