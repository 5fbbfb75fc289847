import { Random } from './random';

/** Rule files with every field, in every style of YAML. */
export const RULE_FILES: readonly string[] = [
  `groups:
  - name: node
    interval: 1m
    limit: 10
    rules:
      - alert: InstanceDown
        expr: up{job="node"} == 0
        for: 5m
        keep_firing_for: 1h
        labels:
          severity: page
        annotations:
          summary: "{{ $labels.instance }} is down"
          value: '{{ $value | humanize }}'
      - record: job:up:sum
        expr: sum by (job) (up)
        labels: {team: infra}
`,
  `# comment
groups:
- name: folded
  rules:
  - alert: Errors
    expr: |
      # errors
      rate(errors_total[5m])
        > 0.1
    for: 10m
    labels: &page
      severity: critical
    annotations:
      description: >-
        {{ range query "up" }}{{ .Labels.job }}
        {{ end }}
  - alert: Latency
    expr: "histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m]))) > 1"
    labels: *page
- name: empty
  rules: []
`,
  `{
  "groups": [
    {
      "name": "json",
      "rules": [
        {"alert": "A", "expr": "vector(1)", "for": "0s",
         "labels": {"a": "b"}},
        {"record": "r", "expr": "1 + 1"}
      ]
    }
  ]
}
`,
  `groups:
  - name: merge
    interval: 30s
    rules:
      - &base
        alert: One
        expr: absent(up)
        labels: {severity: warning, code: 404, active: true, none: null}
      - <<: *base
        alert: Two
        annotations:
          link: '{{ externalURL }}/{{ $labels.job | title | reReplaceAll "a" "b" }}'
          more: '{{ with $x := first (query "up") }}{{ value $x | humanizePercentage }}{{ else }}-{{ end }}'
`,
];

const VALUES: readonly string[] = [
  '', 'null', '~', '0', '1', '-1', '1.5', '"5"', 'true', '5m', '5x', '1h30m', '30m1h', '0s', '[]', '{}', '[a]', '{a: b}', '*page', '*none', '&x y', '"unclosed',
  'a b', 'a-b', '1a', 'up', 'up ==', 'rate(up)', '{{ $labels.a }}', '"{{ $labels.a }}"', '"{{ .Labels.a"', '"{{ nope }}"', '"{{ end }}"', '"{{ $nope }}"',
  '"{{ if }}"', '"{{ printf \\"%d\\" 1 }}"', "'{{ range $i, $x := query \"up\" }}{{ $i }}{{ end }}'", '|', '>', '!!str 5', '!!int 5', '"\\u00e9"', '- x', '? x', '...', '---', '%x', '@x', '`x`', 'a: b', '#', 'é',
];
const NAMES: readonly string[] = [
  'groups', 'name', 'interval', 'limit', 'rules', 'alert', 'record', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations', 'severity',
  'nope', 'a-b', '1a', '__name__', '"quoted"', 'é', '<<', '', '[x]', 'team', 'source_tenants',
];

/** Rule files with one or two lines or values removed, repeated, indented or replaced. */
export function mutateRuleFiles(count: number, seed: number): string[] {
  const random = new Random(seed);
  const mutants = new Set<string>();
  while (mutants.size < count) {
    const lines = random.pick(RULE_FILES).split('\n');
    mutate(lines, random);
    if (random.below(3) === 0) {
      mutate(lines, random);
    }
    mutants.add(lines.join('\n'));
  }
  return [...mutants];
}

function mutate(lines: string[], random: Random): void {
  const at = random.below(lines.length);
  const line = lines[at];
  switch (random.below(8)) {
    case 0: lines.splice(at, 1); break;
    case 1: lines.splice(at, 0, line); break;
    case 2: lines[at] = ` ${line}`; break;
    case 3: lines[at] = line.replace(/^ {2}/, ''); break;
    case 4: lines[at] = line.replace(/(:|-) .*$/, (_, mark: string) => `${mark} ${random.pick(VALUES)}`); break;
    case 5: lines[at] = line.replace(/[\w"]+:/, () => `${random.pick(NAMES)}:`); break;
    case 6: lines.splice(at, 0, `${/^[ -]*/.exec(line)?.[0].replace(/-/g, ' ') ?? ''}${random.pick(NAMES)}: ${random.pick(VALUES)}`); break;
    default: {
      const place = random.below(line.length + 1);
      lines[at] = line.slice(0, place) + random.pick(['', '"', "'", ':', ' ', '\t', '{', '}', '[', ']', ',', '#', '&', '*', '!', '-', '{{', '}}']) + line.slice(place + random.below(2));
    }
  }
}
