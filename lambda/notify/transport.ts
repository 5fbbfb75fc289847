import type { QueuedNotification, Transport } from '../../src/contract/queued-notification';

/** What became of one attempt to send a notification. No reason contains a value of the secret. */
export type Attempt =
  | { readonly outcome: 'delivered' }
  /** The same request cannot succeed later. */
  | { readonly outcome: 'rejected'; readonly reason: string; readonly isAboutCredentials?: boolean }
  | { readonly outcome: 'failed'; readonly reason: string; readonly isAboutCredentials?: boolean; readonly retryAfterSeconds?: number };

/** Sends the notifications of one transport. Whatever goes wrong, it resolves. */
export type Send<T extends Transport> = (notification: QueuedNotification<T>) => Promise<Attempt>;

/** The senders, by the name of the transport. */
export type Transports = { readonly [T in Transport]: Send<T> };

/** Sends a notification in the way of its transport. */
export async function sendBy<T extends Transport>(transports: Transports, notification: QueuedNotification<T>): Promise<Attempt> {
  return transports[notification.transport](notification);
}
