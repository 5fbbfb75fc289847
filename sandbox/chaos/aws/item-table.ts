import { evaluateCondition, parseUpdate, stringsOf, type AttributeValue, type ExpressionContext, type Item } from './expressions';

/** A failure of DynamoDB, with the name that the service gives it. */
export class DynamoDbError extends Error {
  constructor(public readonly code: string, message: string) {
    super(message);
  }
}

interface GetRequest {
  readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly Item[]; readonly ConsistentRead?: boolean }>>;
}

interface UpdateRequest extends ExpressionContext {
  readonly TableName: string;
  readonly Key: Item;
  readonly UpdateExpression: string;
  readonly ConditionExpression?: string;
}

/** DynamoDB's `BatchGetItem` and `UpdateItem` in memory, for tables with a partition key alone. */
export class ItemTables {
  private readonly items = new Map<string, Item>();

  /** With `forgets`, nothing is ever kept: a table that does not do its work. */
  constructor(private readonly forgets = false) {}

  public batchGet({ RequestItems }: GetRequest): object {
    const responses: Record<string, Item[]> = {};
    for (const [table, { Keys, ConsistentRead }] of Object.entries(RequestItems)) {
      if (ConsistentRead !== true) {
        throw new DynamoDbError('ValidationException', 'the simulation knows strongly consistent reads only');
      }
      const keys = Keys.map((key) => keyOf(table, key));
      if (new Set(keys).size !== keys.length) {
        throw new DynamoDbError('ValidationException', 'Provided list of item keys contains duplicates');
      }
      responses[table] = keys.map((key) => this.items.get(key)).filter((item): item is Item => item !== undefined);
    }
    return { Responses: responses, UnprocessedKeys: {} };
  }

  public update(request: UpdateRequest): object {
    const key = keyOf(request.TableName, request.Key);
    const before = this.items.get(key);
    if (request.ConditionExpression !== undefined && !evaluateCondition(request.ConditionExpression, before ?? {}, request)) {
      throw new DynamoDbError('ConditionalCheckFailedException', 'The conditional request failed');
    }
    const { sets, adds, removes } = parseUpdate(request.UpdateExpression, request);
    const after: Record<string, AttributeValue> = { ...request.Key, ...before, ...sets };
    adds.forEach((strings, name) => {
      const present = after[name];
      after[name] = { SS: [...new Set([...present === undefined ? [] : stringsOf(present), ...strings])] };
    });
    removes.forEach((name) => delete after[name]);
    if (!this.forgets) {
      this.items.set(key, after);
    }
    return {};
  }
}

function keyOf(table: string, key: Item): string {
  return JSON.stringify([table, key]);
}
