import type { Item, ItemUpdate, WatermarkItems } from './watermark-table';
import { WatermarkMetric } from '../../../src/contract/metrics';
import type { Clock } from '../clock';
import { messageOf } from '../guards';
import type { Telemetry } from '../telemetry';

/** After a failure, the table is left alone for this time: a page waits for it once, not for each read and write. */
const PAUSE_AFTER_FAILURE_MS = 5_000;

/**
 * The watermark table as something that can be missing: delivery never depends on it. Without it, an instance works from its
 * memory, and the metric `WatermarkUnavailable` counts the batches.
 */
export class SharedTable {
  private unavailableUntil = -Infinity;
  private isReported = false;

  constructor(private readonly table: WatermarkItems, private readonly telemetry: Telemetry, private readonly clock: Clock) {}

  /** Starts the count of a new batch. */
  startBatch(): void {
    this.isReported = false;
  }

  /** The items, or `undefined` when the table cannot be read. */
  async read(ids: readonly string[]): Promise<Map<string, Item> | undefined> {
    return ids.length === 0 ? new Map() : this.attempt(async () => this.table.read(ids));
  }

  /** Whether the item was written; `undefined` when the table cannot be written. */
  async update(id: string, update: ItemUpdate): Promise<boolean | undefined> {
    return this.attempt(async () => this.table.update(id, update));
  }

  private async attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    if (this.clock.now() < this.unavailableUntil) {
      this.report('it failed moments ago');
      return undefined;
    }
    try {
      return await action();
    } catch (error) {
      this.unavailableUntil = this.clock.now() + PAUSE_AFTER_FAILURE_MS;
      this.report(messageOf(error));
      return undefined;
    }
  }

  private report(reason: string): void {
    if (this.isReported) return;
    this.isReported = true;
    this.telemetry.count(WatermarkMetric.WATERMARK_UNAVAILABLE);
    this.telemetry.warn('watermark table not available, delivering from memory', { code: 'watermark-unavailable', reason });
  }
}
