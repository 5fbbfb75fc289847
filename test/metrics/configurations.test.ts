import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CfnParameter } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { parse } from 'yaml';
import pluginKeys from './grafana-plugin-keys.json';
import { AlertingWorkspace, AmpPagerDutyAlerting, GrafanaAuth, GrafanaPlugin } from '../../src';
import { newStack, templateOf } from '../construct/synthesized';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const ID = 'ws-12345678-1234-1234-1234-123456789012';
const ROLE = 'arn:aws:iam::999988887777:role/writer';
const URL = `https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/${ID}`;

/** As CloudFormation resolves it, with the only token of an existing workspace. */
function resolved(text: (alerting: AmpPagerDutyAlerting) => string): string {
  const stack = newStack(ENV);
  const alerting = new AmpPagerDutyAlerting(stack, 'Alerting', { workspace: AlertingWorkspace.existing(ID) });
  const value = stack.resolve(text(alerting)) as string | { 'Fn::Join': [string, Array<string | { Ref: string }>] };
  return typeof value === 'string' ? value : value['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'amazonaws.com')).join('');
}

describe('prometheusRemoteWrite()', () => {
  test.each([
    ['by default', {}],
    ['with a role', { roleArn: ROLE }],
  ])('%s is what promtool accepts', (_name, options) => {
    const directory = mkdtempSync(join(tmpdir(), 'remote-write-'));
    writeFileSync(join(directory, 'prometheus.yml'), resolved((alerting) => alerting.prometheusRemoteWrite(options)));
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'config', join(directory, 'prometheus.yml')], { encoding: 'utf8' });
    rmSync(directory, { recursive: true });
    expect(`${stdout}${stderr}`).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  test('names URL, Region, role, and external id', () => {
    expect(parse(resolved((alerting) => alerting.prometheusRemoteWrite({ roleArn: ROLE, externalId: 'a"b' })))).toEqual({
      remote_write: [{
        url: `${URL}/api/v1/remote_write`,
        queue_config: { max_samples_per_send: 1000, max_shards: 200, capacity: 2500 },
        sigv4: { region: 'eu-west-1', role_arn: ROLE, external_id: 'a"b' },
      }],
    });
  });

  test('of a created workspace has its attribute, which the deployment resolves', () => {
    const stack = newStack();
    const alerting = new AmpPagerDutyAlerting(stack, 'Alerting');
    new ssm.StringParameter(stack, 'Config', { stringValue: alerting.prometheusRemoteWrite() });
    templateOf(stack).template.hasResourceProperties('AWS::SSM::Parameter', {
      Value: { 'Fn::Join': ['', Match.arrayWith([{ 'Fn::GetAtt': [Match.stringLikeRegexp('Workspace'), 'PrometheusEndpoint'] }, { Ref: 'AWS::Region' }])] },
    });
  });

  test('refuses an external id without a role', () => {
    expect(() => resolved((alerting) => alerting.prometheusRemoteWrite({ externalId: 'x' }))).toThrow(/external-id-without-role/);
  });
});

test('collectorConfig() is a complete configuration whose parts exist', () => {
  const config = parse(resolved((alerting) => alerting.collectorConfig({ roleArn: ROLE, scrapeTargets: ['app:9090', 'db:9187'] }))) as {
    extensions: object;
    receivers: object;
    processors: object;
    exporters: object;
    service: { extensions: string[]; pipelines: { metrics: Record<'receivers' | 'processors' | 'exporters', string[]> } };
  };
  expect(config).toMatchObject({
    extensions: { sigv4auth: { region: 'eu-west-1', service: 'aps', assume_role: { arn: ROLE, sts_region: 'eu-west-1' } } },
    receivers: { prometheus: { config: { scrape_configs: [{ static_configs: [{ targets: ['app:9090', 'db:9187'] }] }] } } },
    exporters: { prometheusremotewrite: { endpoint: `${URL}/api/v1/remote_write`, auth: { authenticator: 'sigv4auth' } } },
  });
  expect(Object.keys(config.extensions)).toEqual(config.service.extensions);
  for (const kind of ['receivers', 'processors', 'exporters'] as const) {
    expect(Object.keys(config[kind])).toEqual(config.service.pipelines.metrics[kind]);
  }
});

test('alloyConfig() sends what it scrapes', () => {
  expect(resolved((alerting) => alerting.alloyConfig({ roleArn: ROLE, externalId: 'id' }))).toBe(`prometheus.scrape "node" {
  targets    = [{"__address__" = "localhost:9100"}]
  forward_to = [prometheus.remote_write.amp.receiver]
}

prometheus.remote_write "amp" {
  endpoint {
    url = "${URL}/api/v1/remote_write"

    sigv4 {
      region = "eu-west-1"
      role_arn = "${ROLE}"
      external_id = "id"
    }
  }
}
`);
});

describe('scrape targets', () => {
  const configsOf = (scrapeTargets: unknown) => (alerting: AmpPagerDutyAlerting) =>
    [alerting.collectorConfig({ scrapeTargets: scrapeTargets as string[] }), alerting.alloyConfig({ scrapeTargets: scrapeTargets as string[] })].join('\n');

  test.each([[[]], ['app:9090'], [['https://app:9090']], [['app:9090/metrics']], [['app:9090', '']]])('%j are refused', (scrapeTargets) => {
    expect(() => resolved(configsOf(scrapeTargets))).toThrow(/scrape-targets-invalid/);
  });

  test('that only the deployment knows, one or all of them, are where CloudFormation resolves them', () => {
    const stack = newStack(ENV);
    const alerting = new AmpPagerDutyAlerting(stack, 'Alerting', { workspace: AlertingWorkspace.existing(ID) });
    const all = new CfnParameter(stack, 'All', { type: 'CommaDelimitedList' }).valueAsList;
    const one = new CfnParameter(stack, 'One').valueAsString;
    const text = (scrapeTargets: string[]) => JSON.stringify(stack.resolve(configsOf(scrapeTargets)(alerting)));
    expect(text([`${one}:9090`])).toMatch(/- targets: \[\\"",{"Ref":"One"},":9090\\"\].*__address__\\" = \\"",{"Ref":"One"},":9090\\"}\]/);
    expect(text(all)).toContain('- targets: [\\"",{"Fn::Join":["\\", \\"",{"Ref":"All"}]},"\\"]');
    expect(text(all)).toContain('= \\"",{"Fn::Join":["\\"}, {\\"__address__\\" = \\"",{"Ref":"All"}]},"\\"}]');
  });
});

describe('grafanaDataSources()', () => {
  interface Source { readonly type: string; readonly url: string; readonly jsonData: Record<string, unknown> }
  const sourcesOf = (options: Parameters<AmpPagerDutyAlerting['grafanaDataSources']>[0]) =>
    (parse(resolved((alerting) => alerting.grafanaDataSources(options))) as { datasources: Source[] }).datasources;

  test.each([[GrafanaPlugin.AMAZON_PROMETHEUS], [GrafanaPlugin.PROMETHEUS]])('has only keys that %s documents', (plugin) => {
    for (const { type, jsonData } of sourcesOf({ plugin, auth: GrafanaAuth.EC2_IAM_ROLE, roleArn: ROLE, externalId: 'id' })) {
      const documented: readonly string[] = pluginKeys[type as keyof typeof pluginKeys];
      expect(Object.keys(jsonData).filter((key) => !documented.includes(key))).toEqual([]);
      expect(jsonData.sigV4AuthType).toBe('ec2_iam_role');
    }
  });

  test.each([[{ plugin: 'amp' }], [{ auth: 'keys' }]])('refuses the unknown choice %j', (options) => {
    expect(() => sourcesOf(options as unknown as Parameters<typeof sourcesOf>[0])).toThrow(/choice-unknown/);
  });

  test('leads to the workspace, without the path of the API', () => {
    expect(sourcesOf({}).map(({ type, url }) => [type, url])).toEqual([
      ['grafana-amazonprometheus-datasource', URL],
      ['alertmanager', `${URL}/alertmanager`],
    ]);
    expect(sourcesOf({ alertmanager: false })).toHaveLength(1);
  });
});

test('addVpcEndpoints() reaches this workspace and AWS STS without the internet', () => {
  const stack = newStack(ENV);
  const alerting = new AmpPagerDutyAlerting(stack, 'Alerting', { workspace: AlertingWorkspace.existing(ID) });
  alerting.addVpcEndpoints(new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] }));
  const { template } = templateOf(stack);
  template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
    ServiceName: 'com.amazonaws.eu-west-1.aps-workspaces',
    PolicyDocument: { Statement: [{ Action: 'aps:*', Effect: 'Allow', Principal: { AWS: '*' }, Resource: stack.resolve(alerting.workspace.workspaceArn) }] },
  });
  template.hasResourceProperties('AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.eu-west-1.sts' });
});

test('addVpcEndpoints() serves several VPCs, each once', () => {
  const stack = newStack(ENV);
  const alerting = new AmpPagerDutyAlerting(stack, 'Alerting', { workspace: AlertingWorkspace.existing(ID) });
  const [writers, readers] = ['Writers', 'Readers'].map((id) => new ec2.Vpc(stack, id, { natGateways: 0 }));
  alerting.addVpcEndpoints(writers);
  alerting.addVpcEndpoints(readers);
  templateOf(stack).template.resourceCountIs('AWS::EC2::VPCEndpoint', 4);
  expect(() => alerting.addVpcEndpoints(writers)).toThrow('Stack/Alerting already has endpoints in Stack/Writers: call addVpcEndpoints() once for each VPC');
});
