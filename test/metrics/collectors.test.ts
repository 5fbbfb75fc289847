import { spawn, spawnSync } from 'child_process';
import { once } from 'events';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parse, stringify } from 'yaml';
import { readBody, serve, type LoopbackServer } from '../../sandbox/net/loopback';
import { formatAlloy, formatCollector } from '../../src/metrics/collector';
import type { CollectorOptions } from '../../src/metrics/metric-options';
import { GoProgram, MAX_BUILD_MS } from '../support/go-program';
import { assumeRoleResponse } from '../support/sts';

const ADDRESS = {
  region: 'eu-west-1', remoteWriteUrl: 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write', workspaceUrl: '',
};
const OPTIONS: ReadonlyArray<readonly [name: string, options: CollectorOptions]> = [
  ['by default', {}],
  ['with a role', { roleArn: 'arn:aws:iam::999988887777:role/writer' }],
  ['with all options', { roleArn: 'arn:aws:iam::999988887777:role/writer', externalId: 'a"b\\c', scrapeTargets: ['app:9090', '[::1]:9187'] }],
];

test.each(OPTIONS)('the scrape_configs of the collector, %s, are those of Prometheus', (_, options) => {
  const { receivers } = parse(formatCollector(ADDRESS, options)) as { receivers: { prometheus: { config: object } } };
  const directory = mkdtempSync(join(tmpdir(), 'collector-'));
  const file = join(directory, 'prometheus.yml');
  writeFileSync(file, stringify(receivers.prometheus.config));
  const { status, stderr } = spawnSync('promtool', ['check', 'config', file], { encoding: 'utf8' });
  rmSync(directory, { recursive: true });
  expect([status, stderr]).toEqual([0, '']);
});

if (GoProgram.COLLECTORS.obstacle() === undefined) {
  describe('read by the collectors themselves', () => {
    let sts: LoopbackServer;
    let assumed: URLSearchParams | undefined;

    beforeAll(async () => {
      GoProgram.COLLECTORS.build();
      sts = await serve(async (request, response) => {
        assumed = new URLSearchParams((await readBody(request)).toString('utf8'));
        response.writeHead(200, { 'content-type': 'text/xml' }).end(assumeRoleResponse({ key: 'key', secret: 'secret', token: 'token' }));
      });
    }, MAX_BUILD_MS);
    afterAll(async () => sts.close());
    beforeEach(() => { assumed = undefined; });

    /** What the program finds wrong. The extension looks for credentials, as it does when a collector starts. */
    async function problems(collector: 'otel' | 'alloy', text: string): Promise<string> {
      const child = spawn(GoProgram.COLLECTORS.build(), [collector], {
        stdio: ['pipe', 'pipe', 'inherit'],
        env: { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', AWS_EC2_METADATA_DISABLED: 'true', AWS_ENDPOINT_URL_STS: sts.url },
      });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
      child.stdin.end(text);
      const [code] = (await once(child, 'close')) as [number];
      expect(code).toBe(0);
      return output;
    }

    test.each(OPTIONS)('exporter and authentication of the OpenTelemetry Collector, %s', async (_, options) => {
      expect(await problems('otel', formatCollector(ADDRESS, options))).toBe('');
      expect(assumed?.get('RoleArn') ?? undefined).toBe(options.roleArn);
      expect(assumed?.get('ExternalId') ?? undefined).toBe(options.externalId);
    });

    test.each([
      ['sts_region', "'assume_role' has invalid keys: sts_regions_"],
      ['authenticator', 'invalid keys: authenticators_'],
      ['endpoint', 'invalid keys: endpoints_'],
    ])('a field %s that is not theirs is found', async (field, problem) => {
      expect(await problems('otel', formatCollector(ADDRESS, OPTIONS[2][1]).replace(`${field}:`, `${field}s_:`))).toContain(problem);
    });

    test.each(OPTIONS)('the syntax of Grafana Alloy, %s', async (_, options) => {
      expect(await problems('alloy', formatAlloy(ADDRESS, options))).toBe('');
    });

    test('a quote that is missing is found', async () => {
      expect(await problems('alloy', formatAlloy(ADDRESS, {}).replace('"amp"', '"amp'))).toContain('config.alloy:6');
    });
  });
}
