import type { Item, ItemUpdate, WatermarkItems } from '../../../lambda/shared/watermark/watermark-table';

/** The watermark table in memory, with outages. */
export class TableSimulation implements WatermarkItems {
  readonly items = new Map<string, Record<string, unknown>>();
  isAvailable = true;
  reads = 0;
  writes = 0;

  /** @param delay what each operation waits for, in tests with a clock of their own. */
  constructor(private readonly delay: () => Promise<void> = async () => undefined) {}

  async read(ids: readonly string[]): Promise<Map<string, Item>> {
    await this.delay();
    this.assertAvailable();
    this.reads++;
    return new Map(ids.flatMap((id) => {
      const item = this.items.get(id);
      return item === undefined ? [] : [[id, { ...item }] as const];
    }));
  }

  async update(id: string, { numbers, add = {}, remove = [], condition }: ItemUpdate): Promise<boolean> {
    await this.delay();
    this.assertAvailable();
    this.writes++;
    const item = this.items.get(id) ?? {};
    if (condition !== undefined) {
      const found = (item[condition.attribute] as { N?: string } | undefined)?.N;
      const holds = condition.kind === 'equals' ? Number(found) === condition.value : found === undefined || Number(found) <= condition.value;
      if (!holds) return false;
    }
    for (const [name, value] of Object.entries(numbers)) item[name] = { N: String(value) };
    for (const [name, values] of Object.entries(add)) {
      const { SS: before = [] } = (item[name] ?? {}) as { SS?: string[] };
      item[name] = { SS: Array.from(new Set([...before, ...values])) };
    }
    for (const name of remove) delete item[name];
    this.items.set(id, item);
    return true;
  }

  private assertAvailable(): void {
    if (!this.isAvailable) throw new Error('the table is not available');
  }
}
