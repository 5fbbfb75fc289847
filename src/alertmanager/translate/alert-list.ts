/**
 * A JSON list of alerts with the fields and forms of Alertmanager's JSON: strings by `%q`, times as Go's encoder prints them.
 *
 * @param alerts the pipeline of the list.
 * @param separator what stands in front of each alert and behind the last one: white space, so that it stays JSON.
 */
export function alertList(alerts: string, separator = ''): string {
  const fields = [
    '"status":{{ printf "%q" $alert.Status }}',
    `"labels":${pairs('$alert.Labels')}`,
    `"annotations":${pairs('$alert.Annotations')}`,
    `"startsAt":${time('$alert.StartsAt')}`,
    `"endsAt":${time('$alert.EndsAt')}`,
    '"generatorURL":{{ printf "%q" $alert.GeneratorURL }}',
    '"fingerprint":{{ printf "%q" $alert.Fingerprint }}',
  ];
  return `[{{ range $i, $alert := ${alerts} }}{{ if $i }},{{ end }}${separator}{${fields.join(',')}}{{ end }}${separator}]`;
}

function pairs(map: string): string {
  const pair = '{{ printf "%q" $pair.Name }}:{{ printf "%q" $pair.Value }}';
  return `{ {{- range $j, $pair := ${map}.SortedPairs }}{{ if $j }},{{ end }}${pair}{{ end }}}`;
}

function time(value: string): string {
  return `{{ printf "%q" (${value}.Format "2006-01-02T15:04:05.999999999Z07:00") }}`;
}
