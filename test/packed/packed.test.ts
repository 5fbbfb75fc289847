import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

/**
 * What a user installs is a tarball, not this working tree. These tests pack it, look at what is in it, install it beside
 * the lowest and the newest aws-cdk-lib that we support, and run `cdk synth` and the package's command there.
 */
const REPOSITORY = resolve(__dirname, '..', '..');
const PACKAGE_JSON = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));

/** The lowest is what package.json says; the newest is the newest that was released when this line was last changed. */
const SUPPORTED_CDK = {
  lowest: PACKAGE_JSON.peerDependencies['aws-cdk-lib'].replace('^', ''),
  newest: '2.276.0',
};

/** A routing key as a user's file may have it. It must not be found in what is synthesised. */
const LITERAL_KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

const MINUTES = 60_000;
const BUDGET_BYTES = 1_500_000;

let folder: string;
let tarball: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packed-'));
  for (const built of ['lib/index.js', '.jsii', 'assets/lambda/receive/index/index.js', 'assets/lambda/deliver/index/index.js']) {
    if (!existsSync(join(REPOSITORY, built))) {
      throw new Error(`${built} is missing: run \`npx projen bundle && npx projen compile\` first, or \`npm test\`, which does`);
    }
  }
  const printed = run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], REPOSITORY);
  tarball = join(folder, JSON.parse(printed)[0].filename);
}, 2 * MINUTES);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the package has what users need and nothing else', () => {
  const files = run('tar', ['-tzf', tarball], folder).trim().split('\n').map((name) => name.replace(/^package\//, ''));
  const own = files.filter((name) => !name.startsWith('node_modules/'));
  const rooms = [...new Set(own.map((name) => name.split('/')[0]))].sort();

  // rosetta/: Construct Hub translates the README's examples with our fixture.
  expect(rooms).toEqual(['.jsii', 'API.md', 'LICENSE', 'README.md', 'assets', 'lib', 'package.json', 'rosetta']);
  expect(own.filter((name) => name.startsWith('assets/'))).toEqual([
    'assets/lambda/deliver/index/index.js',
    'assets/lambda/receive/index/index.js',
  ]);
  expect(own.filter((name) => name.startsWith('lib/') && !/\.(js|d\.ts)$/.test(name))).toEqual([]);
  const bundled = new Set(files.filter((name) => name.startsWith('node_modules/')).map((name) => name.match(/^node_modules\/((@[^/]+\/)?[^/]+)/)![1]));
  expect([...bundled].sort()).toEqual(['@lezer/common', '@lezer/highlight', '@lezer/lr', '@prometheus-io/lezer-promql', 'yaml']);
});

test('the package stays small', () => {
  expect(readFileSync(tarball).length).toBeLessThan(BUDGET_BYTES);
});

test.each(Object.entries(SUPPORTED_CDK))('cdk synth works with the %s supported aws-cdk-lib, %s', (_, version) => {
  const app = installedApp(version);

  run(join(REPOSITORY, 'node_modules', '.bin', 'tsc'), ['--skipLibCheck', '--strict', '--target', 'es2022', '--module', 'node16', 'app.ts'], app);
  run(join(REPOSITORY, 'node_modules', '.bin', 'cdk'), ['synth', '--quiet', '--app', 'node app.js', '--output', 'cdk.out'], app);

  const template = readFileSync(join(app, 'cdk.out', 'Alerting.template.json'), 'utf8');
  const types = Object.values<{ Type: string }>(JSON.parse(template).Resources).map((resource) => resource.Type);
  expect(types).toEqual(expect.arrayContaining([
    'AWS::APS::Workspace', 'AWS::APS::RuleGroupsNamespace', 'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::Lambda::Function', 'AWS::SecretsManager::Secret',
  ]));
  for (const text of everyFile(join(app, 'cdk.out'))) {
    expect(text).not.toContain(LITERAL_KEY);
  }
  expect(run('npx', ['--no-install', 'cdk-amp-pagerduty', '--help'], app)).toContain('routing-keys');
  expect(run('npx', ['--no-install', 'cdk-amp-pagerduty', 'check', 'alertmanager.yml'], app)).not.toContain(LITERAL_KEY);
}, 8 * MINUTES);

/** An app of its own, outside the repository, with the tarball installed as a user would. */
function installedApp(cdkVersion: string): string {
  const app = join(folder, `app-${cdkVersion}`);
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), JSON.stringify({
    name: 'app', private: true, dependencies: { 'aws-cdk-lib': cdkVersion, 'constructs': '10.5.1', 'cdk-amp-pagerduty': `file:${tarball}` },
  }));
  writeFileSync(join(app, 'alertmanager.yml'), `
route:
  receiver: pagerduty
  group_by: [alertname]
receivers:
  - name: pagerduty
    pagerduty_configs:
      - routing_key: ${LITERAL_KEY}
        severity: '{{ .CommonLabels.severity }}'
`);
  writeFileSync(join(app, 'rules.yml'), `
groups:
  - name: example
    rules:
      - alert: NodeExporterDown
        expr: up{job="node"} == 0
        for: 1m
`);
  writeFileSync(join(app, 'app.ts'), `
import { App, Stack } from 'aws-cdk-lib';
import { AlertManagerConfig, AmpPagerDutyAlerting, RuleGroups } from 'cdk-amp-pagerduty';

const app = new App();
new AmpPagerDutyAlerting(new Stack(app, 'Alerting'), 'Alerting', {
  alertManagerConfig: AlertManagerConfig.fromFile('alertmanager.yml'),
  rules: [RuleGroups.fromFile('rules.yml')],
});
app.synth();
`);
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'], app);
  return app;
}

function run(program: string, args: string[], cwd: string): string {
  // Jest's own NODE_OPTIONS and the like must not reach a program that stands for a user's shell.
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd, encoding: 'utf8', env: { PATH, HOME, CI: 'true', NO_COLOR: '1' }, maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`);
  }
  return stdout;
}

function everyFile(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}
