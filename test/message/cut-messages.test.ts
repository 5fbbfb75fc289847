import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parse } from 'yaml';
import { unpackDefinition } from './support/alertmanager';
import { receiver, route, translateFile } from './support/configuration';
import { readNotification } from './support/events';
import { decodeMessage, type DecodedSection } from '../../lambda/receive/decode/decode-message';
import { readRelayMessage } from '../../lambda/receive/formats/relay';
import { DetailsFormat } from '../../src/alertmanager/options';

const DATA = {
  receiver: 'on-call',
  status: 'firing',
  alerts: [{ status: 'firing', labels: { alertname: 'Disk "full"' }, annotations: { text: 'é\n😀' }, generatorURL: 'http://p' }],
  groupLabels: { alertname: 'Disk "full"', cluster: 'é\u0007' },
  commonAnnotations: { text: 'é\n😀' },
  externalURL: 'http://am',
};

/** amtool renders without Alertmanager's default templates. */
const DEFAULTS = '{{ define "pagerduty.default.description" }}[{{ .Status | toUpper }}] é{{ end }}'
  + '{{ define "pagerduty.default.client" }}Alertmanager{{ end }}'
  + '{{ define "pagerduty.default.instances" }}{{ range . }}{{ .Annotations.text }}\n{{ end }}{{ end }}';

describe.each([DetailsFormat.TEXT, DetailsFormat.STRUCTURED])('a message with %s details', (detailsFormat) => {
  const message = render(detailsFormat);
  const whole = sectionsOf(message);
  const bytes = Buffer.from(message);
  const headEnd = bytes.indexOf('\n');

  test('is complete', () => {
    expect(readNotification({ message, attributes: new Map() })).toMatchObject({ cut: false, receiver: 'on-call', action: 'trigger' });
    expect(whole.map((section) => section.path.join('.'))).toEqual([
      'description', 'severity', 'client', 'client_url', 'links.0.href', 'details.own', 'details.num_firing', 'details.num_resolved',
      'details.firing', 'details.resolved',
    ]);
  });

  test('that was cut anywhere behind its head, says so and keeps all that arrived', () => {
    for (let length = headEnd + 1; length < bytes.length; length += 1) {
      const prefix = bytes.subarray(0, length).toString('utf8');
      const { cut, dedupKey } = readNotification({ message: prefix, attributes: new Map() });
      expect(cut).toBe(true);
      expect(dedupKey).toBe(readNotification({ message, attributes: new Map() }).dedupKey);
      const sections = sectionsOf(prefix);
      expect(sections.slice(0, -1).map(withoutCut)).toEqual(whole.slice(0, Math.max(0, sections.length - 1)).map(withoutCut));
      const last = sections.at(-1);
      const original = whole[sections.length - 1];
      if (typeof last?.value === 'string' && typeof original.value === 'string') {
        expect(original.value.startsWith(last.value)).toBe(true);
      }
    }
  });

  test('that was cut inside its head, is told to be unreadable', () => {
    for (let length = 0; length <= headEnd; length += 1) {
      const prefix = bytes.subarray(0, length).toString('utf8');
      expect(typeof readRelayMessage({ messageId: '', topicArn: '', timestamp: '', subject: '', message: prefix, attributes: new Map() })).toBe('string');
    }
  });
});

function sectionsOf(message: string): readonly DecodedSection[] {
  const decoding = decodeMessage(message);
  return decoding.decoded ? decoding.message.sections : [];
}

function withoutCut({ path, value }: DecodedSection): object {
  return { path, value };
}

/** The message of a receiver, rendered by the distribution's amtool. */
function render(detailsFormat: DetailsFormat): string {
  const { definition } = translateFile({
    route: route({ receiver: 'on-call' }),
    receivers: [receiver('on-call', {
      routing_key: 'k',
      client_url: 'http://am',
      links: [{ href: 'https://runbook' }],
      details: { own: '{{ .CommonAnnotations.text }}' },
    })],
  }, { detailsFormat });
  const unpacked = unpackDefinition(definition);
  const template: string = parse(unpacked.config).receivers[0].sns_configs[0].message;
  const directory = mkdtempSync(join(tmpdir(), 'render-'));
  try {
    writeFileSync(join(directory, 'default.tmpl'), DEFAULTS);
    Object.entries(unpacked.templates).forEach(([name, text]) => writeFileSync(join(directory, name), text));
    writeFileSync(join(directory, 'data.json'), JSON.stringify(DATA));
    const result = spawnSync('amtool', [
      'template', 'render', `--template.glob=${join(directory, '*.tmpl')}`, `--template.text=${template}`, `--template.data=${join(directory, 'data.json')}`,
    ], { encoding: 'utf8' });
    if (result.status !== 0) {
      throw new Error(result.stderr);
    }
    return result.stdout;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
