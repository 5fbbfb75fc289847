import { isArray, isRecord } from '../../shared/guards';
import type { DecodedSection } from '../decode/decode-message';
import { goQuotedToJson } from '../decode/go-quoted';

/** An alert as Alertmanager's JSON has it. */
export interface Alert {
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly fingerprint: string;
}

/** The alerts in a section; of one that was truncated, those that arrived whole. */
export function alertsIn({ value }: Pick<DecodedSection, 'value'>): Alert[] {
  // A list that is complete was parsed already. Otherwise each alert is a line: `%q` prints no line feed.
  const items: readonly unknown[] = isArray(value) ? value : typeof value === 'string' ? value.split('\n').map(parseLine) : [];
  return items.filter(isAlert);
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(goQuotedToJson(line.replace(/,$/, '')));
  } catch {
    return undefined;
  }
}

function isAlert(value: unknown): value is Alert {
  return isRecord(value)
    && (['status', 'startsAt', 'endsAt', 'generatorURL', 'fingerprint'] as const).every((name) => typeof value[name] === 'string')
    && isTextRecord(value.labels)
    && isTextRecord(value.annotations);
}

function isTextRecord(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}

/** The labels, or annotations, that all alerts have with the same value. */
export function commonPairs(maps: ReadonlyArray<Readonly<Record<string, string>>>): Array<readonly [string, string]> {
  const [first = {}, ...rest] = maps;
  return Object.entries(first).filter(([name, value]) => rest.every((map) => Object.hasOwn(map, name) && map[name] === value));
}
