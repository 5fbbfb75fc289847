import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { builtinModules } from 'module';
import { tmpdir } from 'os';
import { join, relative, resolve } from 'path';
import { buildSync } from 'esbuild';

/**
 * What a user installs is a tarball, not this working tree. These tests pack it, look at what is in it, install it beside
 * the lowest and the newest aws-cdk-lib that we support, and run `cdk synth` and the package's command there.
 */
const REPOSITORY = resolve(__dirname, '..', '..');
const PACKAGE_JSON = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));

/** The lowest is what package.json says; the newest is the newest that was released when its file was last changed. */
const SUPPORTED_CDK = {
  lowest: PACKAGE_JSON.peerDependencies['aws-cdk-lib'].replace('^', ''),
  newest: JSON.parse(readFileSync(join(REPOSITORY, 'tools', 'packages', 'versions.json'), 'utf8')).newestCdk,
};

/** A routing key as a user's file may have it. It must not be found in what is synthesized. */
const LITERAL_KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

const MINUTES = 60_000;
const MAX_TARBALL_BYTES = 1_000_000;

/** Everything that the repository generates and the package contains, with the command that generates it. */
const GENERATED = {
  'lib/index.js': 'npx projen compile',
  'lib/vendor/yaml.js': 'npx projen compile',
  'THIRD_PARTY_LICENSES': 'npx projen compile',
  '.jsii': 'npx projen compile',
  '.jsii.tabl.json': 'node tools/check-snippets.mjs',
  'assets/lambda/receive/index/index.js': 'npx projen bundle',
  'assets/lambda/receive/index/other-formats.js': 'npx projen bundle',
  'assets/lambda/receive/index/transports/transport-notification.js': 'npx projen bundle',
  'assets/lambda/receive/index/yaml-parser.js': 'npx projen bundle',
  'assets/lambda/deliver/index/index.js': 'npx projen bundle',
};

let folder: string;
let tarball: string;
/** The content of the tarball, unpacked. */
let unpacked: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packed-'));
  for (const [file, command] of Object.entries(GENERATED)) {
    if (!existsSync(join(REPOSITORY, file))) {
      throw new Error(`${file} is missing: run \`${command}\` first, or \`npm test\`, which does`);
    }
  }
  const printed = run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], REPOSITORY);
  tarball = join(folder, JSON.parse(printed)[0].filename);
  run('tar', ['-xzpf', tarball], folder);
  unpacked = join(folder, 'package');
}, 2 * MINUTES);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the package contains what users need and nothing else', () => {
  const functions = readdirSync(join(REPOSITORY, 'assets', 'lambda')).sort();

  // .jsii.tabl.json: the README's examples in the other languages, for Construct Hub and the package registries.
  expect(readdirSync(unpacked).sort()).toEqual([
    '.jsii', '.jsii.tabl.json', 'LICENSE', 'README.md', 'THIRD_PARTY_LICENSES', 'assets', 'docs', 'lib', 'package.json',
  ]);
  expect(filesIn('assets')).toEqual([
    ...functions.map((name) => `lambda/${name}/index/index.js`),
    ...['other-formats', 'transports/transport-notification', 'yaml-parser'].map((name) => `lambda/receive/index/${name}.js`),
  ]);
  expect(filesIn('docs')).toEqual(['findings.md', 'runbook.md']);
  expect(filesIn('lib').filter((name) => !name.endsWith('.d.ts'))).toEqual([
    'cli/main.js', 'cli/run.js', 'index.js', 'library.js', 'on-demand.js', 'vendor/lezer-promql.js', 'vendor/yaml.js',
  ]);
});

test('registries and Construct Hub find the package by the words of its field, and link to pages that exist', () => {
  const { keywords, homepage, bugs } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));

  expect(keywords).toEqual(expect.arrayContaining(['aps', 'prometheus', 'alertmanager', 'pagerduty', 'on-call', 'incident-response', 'notifications']));
  expect(homepage).toMatch(/^https:\/\/github\.com\/[\w-]+\/[\w-]+#readme$/);
  expect(bugs.url).toMatch(/^https:\/\/github\.com\/[\w-]+\/[\w-]+\/issues$/);
});

test('the package is smaller than 1 MB', () => {
  expect(statSync(tarball).size).toBeLessThan(MAX_TARBALL_BYTES);
});

test('the compiled library contains no source maps', () => {
  const withSourceMap = filesIn('lib').filter((name) => readFileSync(join(unpacked, 'lib', name), 'utf8').includes('sourceMappingURL='));

  expect(withSourceMap).toEqual([]);
});

test('every command of the package is executable, because only npm repairs its mode', () => {
  const commands = Object.values<string>(PACKAGE_JSON.bin);

  expect(commands.map((command) => statSync(join(unpacked, command)).mode.toString(8).slice(-3))).toEqual(commands.map(() => '755'));
});

test('the library requires its own files, its peers, and Node.js only', () => {
  const provided = new Set([...builtinModules, ...Object.keys(PACKAGE_JSON.peerDependencies)]);
  const foreign = filesIn('lib').filter((name) => name.endsWith('.js')).flatMap((name) => (
    [...readFileSync(join(unpacked, 'lib', name), 'utf8').matchAll(/\brequire\(["']([^"'.][^"']*)["']\)/g)]
      .map(([, required]) => required.replace(/^node:/, ''))
      .filter((required) => !provided.has(required) && !provided.has(required.split('/')[0]))
      .map((required) => `${name} requires ${required}`)));

  expect(foreign).toEqual([]);
  expect(JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')).dependencies).toBeUndefined();
});

test('the type declarations that a user sees import their own files and peers only', () => {
  const peers = Object.keys(PACKAGE_JSON.peerDependencies);

  expect(declarationsFrom(join(unpacked, 'lib', 'index.d.ts')).foreign.filter((name) => !peers.includes(name.split('/')[0]))).toEqual([]);
});

test('the notices name every third-party package whose code ships, with its license', () => {
  const notices = readFileSync(join(unpacked, 'THIRD_PARTY_LICENSES'), 'utf8');
  const named = [...notices.matchAll(/^(\S+) (\d\S*)\nLicense: (\S+)$/gm)].map(([, name, version, license]) => ({ name, version, license }));

  expect(named.map(({ name }) => name)).toEqual(expect.arrayContaining(bundledPackages()));
  expect(named).toContainEqual({ name: 'yaml', version: PACKAGE_JSON.devDependencies.yaml, license: 'ISC' });
  expect(notices).toContain('Copyright Eemeli Aro');
  // Templates of Alertmanager are part of lib/, and its license asks to pass its notice on.
  expect(named).toContainEqual({ name: 'prometheus/alertmanager', version: '0.31.1', license: 'Apache-2.0' });
  expect(notices).toContain('This product includes software developed at\nSoundCloud Ltd.');
  expect(notices).toContain('Copyright (C) 2018 by Marijn Haverbeke');
});

test.each(Object.entries(SUPPORTED_CDK))('cdk synth works with the %s supported aws-cdk-lib, %s', (_, version) => {
  const app = installedApp(version);

  run(join(REPOSITORY, 'node_modules', '.bin', 'tsc'), ['--skipLibCheck', '--strict', '--target', 'es2022', '--module', 'node16', 'app.ts'], app);
  // An ES module finds the names of a CommonJS library in its text.
  run(process.execPath, ['--input-type=module', '--eval', "import { AlertManagerConfig, AmpPagerDutyAlerting, RuleGroups } from 'cdk-amp-pagerduty';"], app);
  run(join(REPOSITORY, 'node_modules', '.bin', 'cdk'), ['synth', '--quiet', '--app', 'node app.js', '--output', 'cdk.out'], app);

  const template = readFileSync(join(app, 'cdk.out', 'Alerting.template.json'), 'utf8');
  const types = Object.values<{ Type: string }>(JSON.parse(template).Resources).map((resource) => resource.Type);
  expect(types).toEqual(expect.arrayContaining([
    'AWS::APS::Workspace', 'AWS::APS::RuleGroupsNamespace', 'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::Lambda::Function', 'AWS::SecretsManager::Secret',
  ]));
  for (const text of everyFile(join(app, 'cdk.out'))) {
    expect(text).not.toContain(LITERAL_KEY);
  }
  expect(printedBy(app, 'node', '-p', "Object.keys(require('cdk-amp-pagerduty')).length > 20")).toBe('true');
  expect(printedBy(app, 'node', '-p', "require('cdk-amp-pagerduty/package.json').name + typeof require.resolve('cdk-amp-pagerduty/.jsii')"))
    .toBe('cdk-amp-pagerdutystring');
  // What an app with the defaults needs is in one file, because it is compiled at each synthesis.
  const loadedByDefaults = "const { App, Stack } = require('aws-cdk-lib'); const { AmpPagerDutyAlerting } = require('cdk-amp-pagerduty');"
    + "const app = new App(); new AmpPagerDutyAlerting(new Stack(app, 'Defaults'), 'Alerting'); app.synth();"
    + "Object.keys(require.cache).map((file) => file.split('/node_modules/cdk-amp-pagerduty/')[1]).filter(Boolean).join()";
  expect(printedBy(app, 'node', '-p', loadedByDefaults)).toBe('lib/index.js,lib/library.js');
  for (const internal of ['lib/index', 'lib/index.js', 'lib/findings/finding.js', 'lib/vendor/yaml.js', 'assets/lambda/receive/index/index.js']) {
    expect(printedBy(app, 'node', '-p', `try { require('cdk-amp-pagerduty/${internal}'); '${internal} was loaded' } catch (error) { error.code }`))
      .toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
  }
  expect(run('npx', ['--no-install', 'cdk-amp-pagerduty', '--help'], app)).toContain('routing-keys');
  expect(run('npx', ['--no-install', 'cdk-amp-pagerduty', 'check', 'alertmanager.yml'], app)).not.toContain(LITERAL_KEY);
}, 8 * MINUTES);

test('cdk-nag 3 has no objection to the defaults and to a VPC, beside the newest aws-cdk-lib', () => {
  const app = installedApp(SUPPORTED_CDK.newest, { 'cdk-nag': '3.0.2' });
  writeFileSync(join(app, 'nag.js'), `
const { App, Stack, Validations } = require('aws-cdk-lib');
const { AwsSolutionsChecks } = require('cdk-nag');
const { Vpc } = require('aws-cdk-lib/aws-ec2');
const { AmpPagerDutyAlerting, Delivery } = require('cdk-amp-pagerduty');

const app = new App();
new AmpPagerDutyAlerting(new Stack(app, 'Alerting'), 'Alerting');
const stack = new Stack(app, 'Network');
const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] });
new AmpPagerDutyAlerting(stack, 'Alerting', { delivery: Delivery.relay({ vpc }) });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
`);
  expect(() => run(process.execPath, ['nag.js'], app)).not.toThrow();
}, 8 * MINUTES);

test('the type declarations that a user sees need no types of Node.js, which a user may not have installed', () => {
  const { files } = declarationsFrom(join(unpacked, 'lib', 'index.d.ts'));
  const withoutComments = (file: string) => readFileSync(file, 'utf8').replace(/\/\*[^]*?\*\//g, '');

  expect(files.length).toBeGreaterThan(30);
  expect(files.filter((file) => /\b(?:Buffer|NodeJS)\b/.test(withoutComments(file))).map((file) => relative(unpacked, file))).toEqual([]);
});

/** Paths below a folder of the package, sorted. */
function filesIn(place: string): string[] {
  return readdirSync(join(unpacked, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(unpacked, place), join(entry.parentPath, entry.name)))
    .sort();
}

/** The declaration files that a file imports, itself included, and the names of the packages that these import. */
function declarationsFrom(file: string, seen = new Set<string>()): { readonly foreign: string[]; readonly files: string[] } {
  if (seen.has(file)) return { foreign: [], files: [] };
  seen.add(file);
  const imported = [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)].map(([, name]) => name);
  const own = imported.filter((name) => name.startsWith('.')).map((name) => declarationFile(join(file, '..', name)));
  const below = own.map((name) => declarationsFrom(name, seen));
  return {
    foreign: [...imported.filter((name) => !name.startsWith('.')), ...below.flatMap(({ foreign }) => foreign)],
    files: [file, ...below.flatMap(({ files }) => files)],
  };
}

function declarationFile(module: string): string {
  return existsSync(`${module}.d.ts`) ? `${module}.d.ts` : join(module, 'index.d.ts');
}

/** The packages that esbuild finds behind the functions and the vendored libraries, without the help of tools/library. */
function bundledPackages(): string[] {
  const functions = readdirSync(join(REPOSITORY, 'assets', 'lambda')).map((name) => join(REPOSITORY, 'lambda', name, 'index.ts'));
  const { metafile } = buildSync({
    entryPoints: [...functions, 'yaml', '@prometheus-io/lezer-promql'],
    absWorkingDir: REPOSITORY,
    bundle: true,
    metafile: true,
    write: false,
    platform: 'node',
    mainFields: ['module', 'main'],
    outdir: 'unused',
  });
  const names = Object.keys(metafile.inputs).map((input) => input.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]);
  return [...new Set(names.filter((name): name is string => name !== undefined))].sort();
}

/** An app of its own, outside the repository, with the tarball installed as a user would. */
function installedApp(cdkVersion: string, more: Readonly<Record<string, string>> = {}): string {
  const app = join(folder, ['app', cdkVersion, ...Object.keys(more)].join('-'));
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), JSON.stringify({
    name: 'app', private: true, dependencies: { 'aws-cdk-lib': cdkVersion, 'constructs': '10.5.1', 'cdk-amp-pagerduty': `file:${tarball}`, ...more },
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

function printedBy(cwd: string, program: string, ...args: string[]): string {
  return run(program, args, cwd).trim();
}

function everyFile(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}
