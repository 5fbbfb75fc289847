import { AmpFront } from '../../../sandbox/amp/front';
import { DEFAULT_TOPIC_MESSAGE_BYTES } from '../../../sandbox/amp/message-size';
import type { Publication } from '../../../sandbox/aws/messaging';

const ATTRIBUTE_BYTES = 'status'.length + 'String'.length + 'firing'.length;

let front: AmpFront;
let accepted: Publication[];

beforeEach(async () => {
  accepted = [];
  const accept = async (publication: Publication): Promise<string> => `message-${accepted.push(publication)}`;
  front = await AmpFront.start({ publish: accept }, [{ arn: 'large', maximumMessageSize: 1_048_576 }, { arn: 'small', maximumMessageSize: 1024 }]);
});
afterEach(() => front.close());

/** Publishes a body of that many bytes with one attribute, as Alertmanager does. */
async function publish(topicArn: string, bytes: number): Promise<{ status: number; text: string }> {
  const form = new URLSearchParams({ Action: 'Publish', TopicArn: topicArn, Message: 'x'.repeat(bytes) });
  form.append('MessageAttributes.entry.1.Name', 'status');
  form.append('MessageAttributes.entry.1.Value.DataType', 'String');
  form.append('MessageAttributes.entry.1.Value.StringValue', 'firing');
  const response = await fetch(front.url, { method: 'POST', body: String(form) });
  return { status: response.status, text: await response.text() };
}

test.each([
  ['small', 1024 - ATTRIBUTE_BYTES, true],
  ['small', 1025 - ATTRIBUTE_BYTES, false],
  ['large', DEFAULT_TOPIC_MESSAGE_BYTES, true],
  ['unknown', DEFAULT_TOPIC_MESSAGE_BYTES - ATTRIBUTE_BYTES, true],
  ['unknown', DEFAULT_TOPIC_MESSAGE_BYTES, false],
])('a message to the %s topic with a body of %i bytes and an attribute is accepted: %s', async (topicArn, bytes, isAccepted) => {
  const { status, text } = await publish(topicArn, bytes);
  expect(status).toBe(isAccepted ? 200 : 400);
  expect(text).toMatch(isAccepted ? /<MessageId>message-1</ : /<Code>InvalidParameter<.*Message too long/);
  expect([accepted.length, front.published.length, front.refused.length]).toEqual(isAccepted ? [1, 1, 0] : [0, 0, 1]);
});
