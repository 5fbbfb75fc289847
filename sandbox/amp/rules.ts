import type { DeployedRuleNamespace } from '../assembly/alerting';
import { shortenRules, type Timings } from '../monitoring/timings';
import { printGoYaml, readGoYaml } from '../yaml/go-yaml';

/** Rule files as open-source Prometheus runs them. */
export interface LocalRules {
  readonly files: ReadonlyMap<string, string>;
  readonly changes: readonly string[];
}

export function localRules(namespaces: readonly DeployedRuleNamespace[], timings?: Timings): LocalRules {
  const files = new Map<string, string>();
  const changes = new Set<string>();
  for (const { name, data } of namespaces) {
    const file = readGoYaml(data);
    for (const group of file.maps('groups')) {
      // AMP waits for late samples; here the samples are scraped by the Prometheus that evaluates them, and the one that
      // distributions have does not know the field.
      if (group.delete('query_offset')) {
        changes.add('query_offset removed');
      }
    }
    (timings ? shortenRules(file, timings) : []).forEach((change) => changes.add(change));
    files.set(`${name.replace(/[^\w.-]/g, '_')}.yml`, printGoYaml(file));
  }
  return { files, changes: [...changes] };
}
