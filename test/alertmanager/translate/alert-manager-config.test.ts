import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Lazy } from 'aws-cdk-lib';
import { configOf, FIXTURES, REQUEST, told, translateText } from './support';
import { AlertManagerConfig } from '../../../src/alertmanager/alert-manager-config';
import { DetailsFormat } from '../../../src/alertmanager/options';
import { amtoolComplaint, unpackDefinition } from '../../message/support/alertmanager';

test.each(['missing.yml', 'fixtures'])('a file that cannot be read is a finding: %s', (name) => {
  const path = name === 'fixtures' ? FIXTURES : `${FIXTURES}/${name}`;
  const translation = AlertManagerConfig.fromFile(path)._translate(REQUEST);
  expect(told(translation)).toEqual(['error config-file-missing']);
  expect(translation.findings[0].message).toContain(path);
  expect(translation).toMatchObject({ definition: '', routingKeyNames: [] });
});

test('a file that is not UTF-8 is a finding, and one that is passes', () => {
  const directory = mkdtempSync(join(tmpdir(), 'encoding-'));
  const text = 'route: {receiver: a}\nreceivers: [{name: a, pagerduty_configs: [{routing_key: k, class: é}]}]\n';
  const reading = (encoding: BufferEncoding): string[] => {
    const path = join(directory, `${encoding}.yml`);
    writeFileSync(path, text, encoding);
    return told(AlertManagerConfig.fromFile(path)._translate(REQUEST));
  };
  expect(reading('latin1')).toEqual(['error config-not-text']);
  expect(reading('utf8')).toEqual([]);
  rmSync(directory, { recursive: true });
});

test('nothing is read before it is needed', () => {
  expect(() => AlertManagerConfig.fromFile('missing.yml')).not.toThrow();
  expect(AlertManagerConfig.fromFile('missing.yml')._secrets(false)).toEqual([]);
});

test('tokens as path or text are findings', () => {
  const token = Lazy.string({ produce: () => 'x' });
  expect(told(AlertManagerConfig.fromFile(token)._translate(REQUEST))).toEqual(['error config-unresolved']);
  expect(told(translateText(`route: {receiver: a}\nreceivers: [{name: ${token}}]`))).toEqual(['error config-unresolved']);
});

test('text that is no configuration is told with its place', () => {
  const translation = translateText('route:\n  receiver: a\n  unknown: 1\nreceivers:\n  - name: a\n');
  expect(translation.findings).toMatchObject([{ severity: 'error', position: { file: 'alertmanager.yml', line: 3, column: 3 } }]);
});

test('the marker differs between constructs and between configurations', () => {
  const text = 'route: {receiver: a}\nreceivers: [{name: a, pagerduty_configs: [{routing_key: k}]}]';
  const marker = (configuration: string, scopePath: string): string =>
    configOf(translateText(configuration, { scopePath })).receivers[0].sns_configs?.[0].message.slice(0, 53) ?? '';
  const markers = [marker(text, 'a'), marker(text, 'b'), marker(`${text} # changed`, 'a')];
  expect(markers.every((each) => /^cdk-amp-pagerduty\/1:[0-9a-f]{32} $/.test(each))).toBe(true);
  expect(new Set(markers).size).toBe(3);
  expect(marker(text, 'a')).toBe(markers[0]);
});

describe('the default configuration', () => {
  test.each(Object.values(DetailsFormat))('is accepted by amtool and has nothing to complain of (%s)', (detailsFormat) => {
    const translation = AlertManagerConfig._default()._translate({ ...REQUEST, detailsFormat });
    expect(told(translation)).toEqual([]);
    expect(translation).toMatchObject({ routingKeyNames: ['pagerduty'], defaultEndpoint: 'us' });
    expect(amtoolComplaint(unpackDefinition(translation.definition))).toBeUndefined();
  });

  test('groups by alertname and sends everything to one receiver', () => {
    expect(configOf(AlertManagerConfig._default()._translate(REQUEST)).route).toEqual({
      receiver: expect.stringMatching(/^pagerduty__route_[0-9a-f]{12}$/), group_by: ['alertname'],
    });
  });

  test('expects its key in the secret', () => {
    expect(AlertManagerConfig._default()._secrets(false)).toMatchObject([{ name: 'pagerduty', value: undefined }]);
  });
});
