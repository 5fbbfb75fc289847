import * as fc from 'fast-check';
import { amend } from '../../../sandbox/amp/amend';
import { DEFAULT_TOPIC_MESSAGE_BYTES as MESSAGE_BYTES } from '../../../sandbox/amp/message-size';
import { parsePublishRequest, type PublishRequest } from '../../../sandbox/amp/publish-request';

function request(changes: Partial<Omit<PublishRequest, 'attributes'>> & { attributes?: Record<string, string> } = {}): PublishRequest {
  return {
    topicArn: 'arn',
    message: Buffer.from('hello'),
    ...changes,
    attributes: Object.entries(changes.attributes ?? {}).map(([name, value]) => ({ name: Buffer.from(name), value: Buffer.from(value) })),
  };
}

describe('what AMP does to a message that SNS would refuse', () => {
  test('nothing to a message that is fine', () => {
    expect(amend(request({ subject: Buffer.from('[FIRING:1] x'), attributes: { status: 'firing' } })))
      .toEqual({ topicArn: 'arn', message: 'hello', subject: '[FIRING:1] x', attributes: { status: 'firing' } });
  });

  test('an empty message is replaced', () => {
    expect(amend(request({ message: Buffer.alloc(0) }))).toMatchObject({
      message: 'Error - Message should not be empty',
      attributes: { modified: 'Message: Error - Message should not be empty' },
    });
  });

  test('a message that is no UTF-8 is replaced', () => {
    expect(amend(request({ message: Buffer.from([0x61, 0xff]) }))).toMatchObject({
      message: 'Error - not a valid UTF-8 encoded string',
      attributes: { truncated: 'true', modified: 'Message: Error - not a valid UTF-8 encoded string' },
    });
  });

  test.each([[MESSAGE_BYTES - 1, false], [MESSAGE_BYTES, false], [MESSAGE_BYTES + 1, true]])('a message of %i bytes: cut %s', (bytes, isCut) => {
    const { message, attributes } = amend(request({ message: Buffer.alloc(bytes, 'x') }));
    expect(Buffer.byteLength(message)).toBe(Math.min(bytes, MESSAGE_BYTES));
    expect(attributes.truncated).toBe(isCut ? 'true' : undefined);
    expect(attributes.modified ?? '').toMatch(isCut ? /^Message: Error - Message has been truncated from 257 KB/ : /^$/);
  });

  test('a cut never leaves a part of a character', () => {
    const message = amend(request({ message: Buffer.from('🚒'.repeat(MESSAGE_BYTES / 4 + 1)) })).message;
    expect(message).toBe('🚒'.repeat(MESSAGE_BYTES / 4));
    expect(amend(request({ message: Buffer.from(`a${'🚒'.repeat(MESSAGE_BYTES / 4)}`) })).message).toBe(`a${'🚒'.repeat(MESSAGE_BYTES / 4 - 1)}`);
  });

  test('what Alertmanager cut inside a character is cut, and not called no UTF-8', () => {
    const cut = Buffer.from('xx🚒').subarray(0, 4);
    expect(amend(request({ message: cut, attributes: { truncated: 'true' } }))).toMatchObject({ message: 'xx', attributes: { truncated: 'true' } });
  });

  test.each([['x'.repeat(100), 'x'.repeat(100), undefined], ['x'.repeat(101), 'x'.repeat(100), 'Subject: Error - Subject has been truncated from 101 characters']])(
    'a long subject is cut', (subject, expected, modified) => {
      const amended = amend(request({ subject: Buffer.from(subject) }));
      expect(amended.subject).toBe(expected);
      expect(amended.attributes.modified?.startsWith(modified ?? '')).toBe(modified === undefined ? undefined : true);
    });

  test.each(['line\nbreak', 'ü', '\u007f', '\t'])('the subject %j is replaced', (subject) => {
    expect(amend(request({ subject: Buffer.from(subject) }))).toMatchObject({
      subject: 'Error - contains non printable ASCII characters',
      attributes: { modified: 'Subject: Error - contains non-printable ASCII characters' },
    });
  });

  test('attributes that SNS would refuse are dropped and counted', () => {
    const { attributes } = amend(request({ attributes: { 'good-1': 'x', 'empty': '', 'a b': 'x', 'AWS.x': 'x', '.dot': 'x', 'a..b': 'x' } }));
    expect(attributes).toEqual({
      'good-1': 'x',
      'modified': 'MessageAttribute: Error - 5 of the message attributes have been removed because of invalid MessageAttributeKey or MessageAttributeValue',
    });
  });

  test('attributes that do not fit beside the message are dropped', () => {
    const { attributes } = amend(request({ message: Buffer.alloc(MESSAGE_BYTES - 100, 'x'), attributes: { a: 'fits', b: 'x'.repeat(100) } }));
    expect(attributes).toMatchObject({ a: 'fits', modified: expect.stringContaining('1 of the message attributes have been removed, because it exceeds') });
    expect(attributes.b).toBeUndefined();
  });
});

describe('the form that Alertmanager posts', () => {
  test('is read to the byte', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' }), (bytes, subject) => {
      const encoded = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
      const form = `Action=Publish&Message=${encoded}&${new URLSearchParams({ Subject: subject })}`;
      const read = parsePublishRequest(Buffer.from(form));
      expect([...read.message]).toEqual([...bytes]);
      expect(read.subject?.toString('utf8')).toBe(Buffer.from(subject).toString('utf8'));
    }), { numRuns: 100 });
  });

  test('with attributes, in order', () => {
    const form = new URLSearchParams({ Action: 'Publish', TopicArn: 'arn', Message: 'a b+c' });
    form.append('MessageAttributes.entry.1.Name', 'n1');
    form.append('MessageAttributes.entry.1.Value.DataType', 'String');
    form.append('MessageAttributes.entry.1.Value.StringValue', 'v=1');
    form.append('MessageAttributes.entry.2.Name', 'n2');
    const read = parsePublishRequest(Buffer.from(String(form)));
    expect(read.message.toString()).toBe('a b+c');
    expect(read.subject).toBeUndefined();
    expect(read.attributes.map(({ name, value }) => [String(name), String(value)])).toEqual([['n1', 'v=1'], ['n2', '']]);
  });

  test('of another action is refused', () => {
    expect(() => parsePublishRequest(Buffer.from('Action=Subscribe'))).toThrow('expected the action Publish, found Subscribe');
  });
});
