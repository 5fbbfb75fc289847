/** An alert as Alertmanager's text list prints it. */
export interface ListedAlert {
  readonly isFiring: boolean;
  /** Sorted by name, `alertname` first, as Alertmanager prints them. */
  readonly labels: ReadonlyMap<string, string>;
}

const HEADERS: ReadonlyMap<string, boolean> = new Map([['Alerts Firing:', true], ['Alerts Resolved:', false]]);
const LABEL = /^ - ([^\s=]+) = (.*)$/s;

type Place = 'before' | 'list' | 'labels' | 'annotations';

/**
 * The alerts in Alertmanager's own message for SNS: under each header, alert by alert, labels, annotations, and source. Values
 * are printed as they are. A line that cannot stand where it does belongs to the value before it, and a header counts only
 * where no alert is open.
 */
export function parseAlertList(message: string): ListedAlert[] {
  const alerts: Array<{ isFiring: boolean; labels: Map<string, string> }> = [];
  let place: Place = 'before';
  let isFiring = true;
  let labelName: string | undefined;
  for (const line of message.split('\n')) {
    const header = place === 'before' || place === 'list' ? HEADERS.get(line.trimEnd()) : undefined;
    if (header !== undefined) {
      isFiring = header;
      place = 'list';
    } else if (place === 'list' && line.trimEnd() === 'Labels:') {
      alerts.push({ isFiring, labels: new Map() });
      labelName = undefined;
      place = 'labels';
    } else if (place === 'labels') {
      const { labels } = alerts[alerts.length - 1];
      const [, name, value] = LABEL.exec(line) ?? [];
      if (name !== undefined && !labels.has(name)) {
        labels.set(name, value);
        labelName = name;
      } else if (line.trimEnd() === 'Annotations:') {
        place = 'annotations';
      } else if (labelName !== undefined) {
        labels.set(labelName, `${labels.get(labelName) ?? ''}\n${line}`);
      }
    } else if (place === 'annotations' && line.startsWith('Source:')) {
      place = 'list';
    }
  }
  return alerts;
}

/** The labels that all alerts have with one value. */
export function commonLabels(alerts: readonly ListedAlert[]): Array<readonly [name: string, value: string]> {
  const [first, ...others] = alerts;
  return first === undefined ? [] : Array.from(first.labels).filter(([name, value]) => others.every(({ labels }) => labels.get(name) === value));
}
