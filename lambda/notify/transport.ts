import type { QueuedNotification } from '../../src/contract/queued-notification';

/** What became of one attempt to send a notification. No reason contains a value of the secret. */
export type Attempt =
  | { readonly outcome: 'delivered' }
  /** The same request cannot succeed later. */
  | { readonly outcome: 'rejected'; readonly reason: string; readonly isAboutCredentials?: boolean }
  | { readonly outcome: 'failed'; readonly reason: string; readonly isAboutCredentials?: boolean; readonly retryAfterSeconds?: number };

/** Sends the notifications of one transport. Whatever goes wrong, it resolves. */
export type Send = (notification: QueuedNotification) => Promise<Attempt>;

/** The senders, by the name of the transport. */
export type Transports = { readonly [transport in QueuedNotification['transport']]: Send };
