import type { Publication } from '../aws/messaging';

/** What a topic accepts without `MaximumMessageSize`. It is also the length to which Alertmanager truncates the body alone. */
export const DEFAULT_TOPIC_MESSAGE_BYTES = 262_144;

/** The bytes that SNS counts for a message: the body, and name, type, and value of each attribute. */
export function messageSize({ message, attributes }: Pick<Publication, 'message' | 'attributes'>): number {
  return Object.entries(attributes).reduce((bytes, [name, value]) => bytes + attributeSize(name, value), Buffer.byteLength(message));
}

export function attributeSize(name: string, value: string): number {
  return Buffer.byteLength(name) + Buffer.byteLength('String') + Buffer.byteLength(value);
}
