import { createAwsClient, type AwsClient } from '../../../lambda/shared/aws/aws-client';
import { AwsError } from '../../../lambda/shared/aws/aws-error';
import { DYNAMODB } from '../../../lambda/shared/aws/services';
import { CREDENTIAL_VARIABLES } from '../../../sandbox/aws/credentials';
import { Tables } from '../../../sandbox/aws/tables';
import { DynamoDbError, ItemTables } from '../../../sandbox/chaos/aws/item-table';

/** Updates of the forms that the deliver function sends, whose result depends on those before. */
const UPDATES = [
  { UpdateExpression: 'SET #a = :a', a: '5' },
  { UpdateExpression: 'SET #a = :a ADD #k :k', a: '6', ConditionExpression: 'attribute_not_exists(#a) OR #a <= :expected', expected: '4' },
  { UpdateExpression: 'SET #a = :a ADD #k :k', a: '7', ConditionExpression: 'attribute_not_exists(#a) OR #a <= :expected', expected: '5', k: ['x'] },
  { UpdateExpression: 'SET #a = :a ADD #k :k', a: '8', ConditionExpression: '#a = :expected', expected: '7', k: ['y'] },
  { UpdateExpression: 'SET #a = :a', a: '9', ConditionExpression: '#a = :expected', expected: '7' },
  { UpdateExpression: 'SET #a = :a REMOVE #k', a: '10' },
  { UpdateExpression: 'SET #a = :a REMOVE #k', a: '11', ConditionExpression: '#missing = :expected', expected: '1' },
];

const TABLE = 'watermarks';

let tables: Tables;
let client: AwsClient;
beforeAll(async () => {
  const keySchema = [{ AttributeName: 'id', KeyType: 'HASH' }];
  tables = await Tables.start([{ logicalId: 't', name: TABLE, keySchema, attributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }] }], 'us-east-1');
  client = createAwsClient(DYNAMODB, {
    environment: { ...CREDENTIAL_VARIABLES, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_DYNAMODB: tables.url }, maxAttempts: 3, attemptTimeoutMs: 5000,
  });
});
afterAll(async () => tables.close());

function requestOf({ UpdateExpression, ConditionExpression, a, expected, k }: (typeof UPDATES)[number] & { k?: string[] }) {
  const text = `${UpdateExpression} ${ConditionExpression ?? ''}`;
  return {
    TableName: TABLE,
    Key: { id: { S: 'i' } },
    UpdateExpression,
    ...(ConditionExpression !== undefined && { ConditionExpression }),
    ExpressionAttributeNames: Object.fromEntries(['a', 'k', 'missing'].filter((name) => text.includes(`#${name}`)).map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ':a': { N: a },
      ...(text.includes(':k') && { ':k': { SS: k ?? ['z'] } }),
      ...(expected !== undefined && { ':expected': { N: expected } }),
    },
  };
}

test('the simulated table answers as a DynamoDB emulator does', async () => {
  const simulated = new ItemTables();
  const read = { RequestItems: { [TABLE]: { ConsistentRead: true, Keys: [{ id: { S: 'i' } }] } } };
  for (const update of UPDATES) {
    const request = requestOf(update);
    const expected = await client.call('UpdateItem', request).then(() => 'updated', (error: AwsError) => error.code);
    expect([update, updateWith(simulated, request)]).toEqual([update, expected]);
    expect(withSortedKeys(simulated.batchGet(read))).toEqual(withSortedKeys(await client.call('BatchGetItem', read)));
  }
});

test('what the simulation does not understand is an error, not a wrong answer', () => {
  const request = { ...requestOf({ UpdateExpression: 'SET #a = #a + :a', a: '1' }) };
  expect(() => new ItemTables().update(request)).toThrow('the simulation does not');
});

function updateWith(simulated: ItemTables, request: ReturnType<typeof requestOf>): string {
  try {
    simulated.update(request);
    return 'updated';
  } catch (error) {
    return (error as DynamoDbError).code;
  }
}

function withSortedKeys(response: object): unknown {
  return JSON.parse(JSON.stringify(response), (_key, value: unknown) => (
    Array.isArray(value) && value.every((item) => typeof item === 'string') ? [...value].sort() : value));
}
