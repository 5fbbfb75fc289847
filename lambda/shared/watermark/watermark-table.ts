import { WatermarkAttribute } from '../../../src/contract/watermark-table';
import type { AwsClient } from '../aws/aws-client';
import { AwsError } from '../aws/aws-error';
import type { Clock } from '../clock';
import { isArray, isRecord } from '../guards';

/** Longer than a message can lie in both queues, redrive included: 7 days of retries and 14 days of the dead-letter queue. */
const ITEM_LIFETIME_SECONDS = 30 * 24 * 60 * 60;

/** An item of the table: its attributes in DynamoDB's JSON. */
export type Item = Readonly<Record<string, unknown>>;

/** Where all instances share what they know. */
export interface WatermarkItems {
  /** The items of these ids, strongly consistent; ids without an item are absent. */
  read(ids: readonly string[]): Promise<Map<string, Item>>;
  /** Updates an item, or creates it. Resolves to whether the condition held. */
  update(id: string, update: ItemUpdate): Promise<boolean>;
}

/** The DynamoDB table. Its keys are hashes; it holds numbers and fingerprints only. */
export class WatermarkTable implements WatermarkItems {
  constructor(private readonly client: AwsClient, private readonly tableName: string, private readonly clock: Clock) {}

  async read(ids: readonly string[]): Promise<Map<string, Item>> {
    const items = new Map<string, Item>();
    const response = await this.client.call('BatchGetItem', {
      RequestItems: { [this.tableName]: { ConsistentRead: true, Keys: ids.map((id) => ({ [WatermarkAttribute.ID]: { S: id } })) } },
    });
    const unprocessed = isRecord(response.UnprocessedKeys) ? Object.keys(response.UnprocessedKeys).length : 0;
    if (unprocessed > 0) throw new Error('the table did not read every item: it is throttled');
    const found = isRecord(response.Responses) ? response.Responses[this.tableName] : undefined;
    for (const item of isArray(found) ? found : []) {
      const id = isRecord(item) ? textIn(item[WatermarkAttribute.ID]) : undefined;
      if (isRecord(item) && id !== undefined) items.set(id, item);
    }
    return items;
  }

  async update(id: string, { numbers, add = {}, remove = [], condition }: ItemUpdate): Promise<boolean> {
    const expiresAt = Math.floor(this.clock.now() / 1000) + ITEM_LIFETIME_SECONDS;
    const assigned: ReadonlyArray<readonly [string, unknown]> = [
      ...Object.entries({ [WatermarkAttribute.EXPIRES_AT]: expiresAt, ...numbers }).map(([name, value]) => [name, { N: String(value) }] as const),
    ];
    const added = Object.entries(add).map(([name, values]) => [name, { SS: values }] as const);
    const clauses = [
      `SET ${assigned.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ...(added.length === 0 ? [] : [`ADD ${added.map(([name]) => `#${name} :${name}`).join(', ')}`]),
      ...(remove.length === 0 ? [] : [`REMOVE ${remove.map((name) => `#${name}`).join(', ')}`]),
    ];
    const names = [...[...assigned, ...added].map(([name]) => name), ...remove, ...(condition === undefined ? [] : [condition.attribute])];
    try {
      await this.client.call('UpdateItem', {
        TableName: this.tableName,
        Key: { [WatermarkAttribute.ID]: { S: id } },
        UpdateExpression: clauses.join(' '),
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries([...assigned, ...added].map(([name, value]) => [`:${name}`, value])),
          ...(condition !== undefined && { ':expected': { N: String(condition.value) } }),
        },
        ...(condition !== undefined && { ConditionExpression: expressionOf(condition) }),
      });
      return true;
    } catch (error) {
      if (error instanceof AwsError && error.code === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }
}

export interface ItemUpdate {
  readonly numbers: Readonly<Record<string, number>>;
  /** Strings to add to sets, none of them empty. */
  readonly add?: Readonly<Record<string, readonly string[]>>;
  readonly remove?: readonly string[];
  readonly condition?: ItemCondition;
}

/** The attribute is this number, or it is absent or not greater. */
export interface ItemCondition {
  readonly kind: 'equals' | 'absent-or-at-most';
  readonly attribute: string;
  readonly value: number;
}

function expressionOf({ kind, attribute }: ItemCondition): string {
  return kind === 'equals' ? `#${attribute} = :expected` : `attribute_not_exists(#${attribute}) OR #${attribute} <= :expected`;
}

export function numberIn(attribute: unknown): number | undefined {
  const value = isRecord(attribute) && typeof attribute.N === 'string' ? Number(attribute.N) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

function textIn(attribute: unknown): string | undefined {
  return isRecord(attribute) && typeof attribute.S === 'string' ? attribute.S : undefined;
}

export function textsIn(attribute: unknown): string[] {
  const values = isRecord(attribute) ? attribute.SS : undefined;
  return isArray(values) ? values.filter((value): value is string => typeof value === 'string') : [];
}
