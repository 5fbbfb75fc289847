import { doneMessages, sqsEvent } from '../../../sandbox/lambda/sqs-event';

const MESSAGES = ['a', 'b', 'c'].map((MessageId) => ({ MessageId, ReceiptHandle: `handle of ${MessageId}`, Body: 'body' }));

describe('which messages of a batch are done', () => {
  test.each<[string, unknown, string[]]>([
    ['nothing reported', { batchItemFailures: [] }, ['a', 'b', 'c']],
    ['no answer', null, ['a', 'b', 'c']],
    ['an empty answer', {}, ['a', 'b', 'c']],
    ['null failures', { batchItemFailures: null }, ['a', 'b', 'c']],
    ['one failed', { batchItemFailures: [{ itemIdentifier: 'b' }] }, ['a', 'c']],
    ['an unknown id: all failed', { batchItemFailures: [{ itemIdentifier: 'x' }] }, []],
    ['an empty id: all failed', { batchItemFailures: [{ itemIdentifier: '' }] }, []],
    ['no id: all failed', { batchItemFailures: [{}] }, []],
    ['a null failure: all failed', { batchItemFailures: [null] }, []],
    ['no list: all failed', { batchItemFailures: 'b' }, []],
  ])('%s', (_, response, expected) => {
    expect(doneMessages(MESSAGES, response, true).map(({ MessageId }) => MessageId)).toEqual(expected);
  });

  test('all of them when the function does not report', () => {
    expect(doneMessages(MESSAGES, { batchItemFailures: [{ itemIdentifier: 'b' }] }, false)).toHaveLength(3);
  });
});

test('records have the form of AWS Lambda', () => {
  const attributes = { ApproximateReceiveCount: '2', SentTimestamp: '5', SenderId: 's', ApproximateFirstReceiveTimestamp: '6', MessageGroupId: 'g' };
  const event = sqsEvent([{
    MessageId: 'a', ReceiptHandle: 'h', Body: 'ü', MD5OfBody: 'm', Attributes: attributes, MessageAttributes: { n: { DataType: 'String', StringValue: 'v' } },
  }], 'arn:queue', 'eu-west-1');
  expect(event).toEqual({
    Records: [{
      messageId: 'a',
      receiptHandle: 'h',
      body: 'ü',
      attributes,
      messageAttributes: { n: { dataType: 'String', stringValue: 'v', stringListValues: [], binaryListValues: [] } },
      md5OfBody: 'm',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:queue',
      awsRegion: 'eu-west-1',
    }],
  });
});
