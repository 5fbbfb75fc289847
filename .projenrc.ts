import { awscdk, javascript } from 'projen';
import { addReleaseTasks, RELEASE_OPTIONS } from './projenrc/release';
import { addCheckWorkflow, addFuzzWorkflow, minimizePermissions, TITLE_TYPES } from './projenrc/workflows';

/**
 * The lowest aws-cdk-lib that we support: the Go module compiles with it, and it is the highest whose cloud assembly the pinned
 * integ-runner reads (see docs/decisions/0090).
 */
const CDK_FLOOR = '2.257.0';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-amp-pagerduty',
  description:
    'AWS CDK construct for Prometheus alerting with Amazon Managed Service for Prometheus (AMP, aps): runs your alertmanager.yml on AMP and pages PagerDuty exactly as before',
  author: 'cdk-amp-pagerduty maintainers',
  authorAddress: 'https://github.com/cdk-amp-pagerduty',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-amp-pagerduty/cdk-amp-pagerduty.git',
  license: 'Apache-2.0',
  stability: 'experimental',
  keywords: [
    'aws', 'aws-cdk', 'awscdk', 'aps', 'amp', 'prometheus', 'amazon-managed-prometheus',
    'alertmanager', 'pagerduty', 'alerting', 'sns', 'monitoring', 'observability', 'on-call', 'incident-response', 'notifications',
  ],
  homepage: 'https://github.com/cdk-amp-pagerduty/cdk-amp-pagerduty#readme',
  bugsUrl: 'https://github.com/cdk-amp-pagerduty/cdk-amp-pagerduty/issues',

  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  cdkVersion: CDK_FLOOR,
  // The lowest that aws-cdk-lib of the floor and cdk-nag accept together. It is also the peer range.
  constructsVersion: '10.5.1',
  jsiiVersion: '6.0.16',
  typescriptVersion: '6.0.3',
  projenrcTs: true,

  github: true,
  githubOptions: { mergify: false, pullRequestLint: true, pullRequestLintOptions: { semanticTitleOptions: { types: TITLE_TYPES } } },
  buildWorkflow: true,
  buildWorkflowOptions: { mutableBuild: false },
  workflowNodeVersion: '24',
  pullRequestTemplate: true,
  pullRequestTemplateContents: [
    '<!-- What did a user or a maintainer lose without this change? How was it noticed? -->',
    '',
    '- [ ] The commit follows Conventional Commits, and its body says why.',
    '- [ ] A test fails without the change.',
    '- [ ] `npm test` passes.',
    '- [ ] Pages that describe the behavior are up to date.',
  ],

  ...RELEASE_OPTIONS,

  devDeps: [
    // Read configurations with positions, and PromQL with the grammar that Prometheus' own editor uses. The package ships
    // their code in lib/vendor/ (tools/library), so nobody installs them. The @lezer packages are peers of the grammar.
    'yaml@2.9.1',
    '@prometheus-io/lezer-promql@0.315.0',
    '@lezer/lr@1.4.12',
    '@lezer/highlight@1.2.5',
    '@lezer/common@1.5.5',
    '@types/aws-lambda@8.10.164',
    // Inlined into the functions by esbuild, hence never installed by a user: signatures by 9 kB instead of the SDK's clients
    // of 318 kB (docs/decisions/0060), and mail as bytes.
    'aws4@1.13.2',
    '@types/aws4@1.11.6',
    'nodemailer@10.6.0',
    '@types/nodemailer@8.0.2',
    // The sandbox: SNS and SQS on one machine. 1.9.2 is the last that runs on Node.js 20.
    'fauxqs@1.9.2',
    '@aws-sdk/client-sns@3.1162.0',
    '@aws-sdk/client-sqs@3.1162.0',
    // DynamoDB and a mail server on one machine.
    'dynalite@4.0.0',
    'smtp-server@3.21.6',
    '@types/smtp-server@3.5.13',
    // Tests.
    'cdk-nag@2.38.2',
    'fast-check@4.10.2',
    // What a browser makes of HTML. 7 is the last major version for CommonJS.
    'parse5@7.3.0',
    // Spelling of everything that people read. 9 is the last major version that runs on Node.js 20.
    'cspell@9.8.0',
    '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
    // The version that aws-cdk-lib of the floor was made with. jsii-pacmak writes the installed version into go.mod, and the Go
    // module of a later one need not exist.
    '@aws-cdk/cloud-assembly-schema@53.25.0',
    '@aws-cdk/integ-runner@2.197.10',
    'aws-cdk@2.1148.1',
    'esbuild@0.28.2',
    // What projen would add by itself, pinned: a build must not change because a registry did.
    '@stylistic/eslint-plugin@2.13.0',
    '@types/jest@30.0.0',
    '@types/node@20.19.43',
    '@typescript-eslint/eslint-plugin@8.73.0',
    '@typescript-eslint/parser@8.73.0',
    'eslint@9.39.5',
    'eslint-import-resolver-typescript@4.4.5',
    'eslint-plugin-import@2.32.0',
    'jest@30.5.2',
    'jest-junit@17.0.0',
    'jsii-diff@1.134.0',
    'jsii-docgen@10.12.6',
    'jsii-pacmak@1.140.0',
    'projen@0.103.25',
    'ts-jest@29.4.15',
    'ts-node@10.9.2',
  ],

  sampleCode: false,
  docgen: true,
  eslintOptions: {
    // One project for every folder: most of them are not part of what jsii compiles.
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
    dirs: ['src', 'lambda'],
    devdirs: ['test', 'integ', 'sandbox', 'examples', 'bench'],
    ignorePatterns: ['*.snapshot/**', 'cdk.out/**', '*.d.ts', 'lib/**', 'assets/**'],
  },
  // Source maps were 71 % of the published JavaScript, and every synthesis read them.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },
  tsconfigDev: {
    include: ['src/**/*.ts', 'test/**/*.ts', 'lambda/**/*.ts', 'integ/**/*.ts', 'sandbox/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', '.projenrc.ts'],
    exclude: ['cdk.out', '**/*.snapshot/**'],
    compilerOptions: { skipLibCheck: true },
  },
  tsconfigDevFile: 'tsconfig.dev.json',
  jestOptions: {
    // A regression must not be able to rewrite its own expectation: `npx projen test:update` does it deliberately.
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    configFilePath: 'jest.config.json',
    jestConfig: {
      // Coverage is asked for (`npx jest --coverage`), not always on: it doubles the time of the property tests.
      collectCoverage: false,
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      // Real processes and synthesized apps: two cores are enough when two suites run side by side.
      maxWorkers: 2,
      testSequencer: '<rootDir>/tools/test-sequencer.cjs',
      testTimeout: 60000,
      moduleNameMapper: { '^fast-check$': '<rootDir>/tools/fuzz/fast-check.cjs' },
      modulePathIgnorePatterns: ['<rootDir>/cdk.out', '\\.snapshot/'],
    },
  },
});

// unrs-resolver 1.13 cannot be installed from every mirror of the registry (its platform packages lag behind), which
// makes `npm ci` fail; jest and eslint accept 1.11.1.
project.package.addPackageResolutions('unrs-resolver@1.11.1');

// What the receive function loads when a message is no page in the construct's own format, by how its modules require it: each is a file of
// its own beside the bundle.
const RECEIVE_ON_DEMAND = {
  './other-formats': 'lambda/receive/formats/other-formats.ts',
  './transports/transport-notification': 'lambda/receive/transports/transport-notification.ts',
  './yaml-parser': 'lambda/receive/formats/yaml-parser.ts',
};

// The functions. Own bundles instead of projen's lambda auto-discovery: minified, for exactly the runtime we pin, and
// from `lambda/`, which is never compiled into `lib/`. `assets/` is part of the npm package.
for (const handler of ['receive', 'deliver', 'notify', 'definition']) {
  project.bundler.addBundle(`lambda/${handler}/index.ts`, {
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    externals: handler === 'receive' ? Object.keys(RECEIVE_ON_DEMAND) : [],
    // ES modules instead of CommonJS where a package has both: esbuild drops what is not used.
    esbuildArgs: { '--main-fields': 'module,main' },
    outfile: 'index.js',
  });
}
for (const [name, entry] of Object.entries(RECEIVE_ON_DEMAND)) {
  project.bundler.bundleTask.exec([
    `esbuild --bundle ${entry} --outfile=assets/lambda/receive/index/${name.slice(2)}.js`,
    '--platform=node --target=node24 --format=cjs --minify --main-fields=module,main',
    ...Object.keys(RECEIVE_ON_DEMAND).map((other) => `--external:${other}`),
  ].join(' '));
}

// Import restrictions (docs/decisions/0001): the table of CONTRIBUTING.md, one row each. A module can import itself and what is
// listed, which can be single files.
const MODULE_IMPORTS: { readonly [module: string]: readonly string[] } = {
  contract: [],
  findings: [],
  go: [],
  functions: ['findings'],
  yaml: ['findings'],
  prometheus: ['findings', 'go'],
  amp: ['contract', 'findings', 'functions'],
  relay: ['amp', 'contract', 'findings', 'functions'],
  monitoring: ['amp/workspace.ts', 'contract', 'findings', 'relay'],
  metrics: ['amp/workspace.ts', 'findings'],
  alertmanager: ['amp/read-quotas.ts', 'contract', 'findings', 'go', 'prometheus', 'relay/pagerduty-region.ts', 'yaml'],
  rules: ['amp/read-quotas.ts', 'findings', 'go', 'prometheus', 'yaml'],
};
project.eslint?.addRules({
  'import/no-restricted-paths': ['error', {
    zones: [
      ...Object.entries(MODULE_IMPORTS).map(([module, allowed]) => ({
        target: `./src/${module}`,
        from: './src',
        except: [module, ...allowed].map((path) => `./${path}`),
        message: `src/${module} can import ${allowed.length === 0 ? 'nothing' : `only ${allowed.map((path) => `src/${path}`).join(', ')}`} of src/`,
      })),
      ...['lambda', 'sandbox', 'test', 'integ', 'examples', 'bench', 'tools'].map((folder) => (
        { target: './src', from: `./${folder}`, message: `src/ never imports ${folder}/` })),
      ...['integ', 'examples'].flatMap((target) => ['lambda', 'sandbox', 'test', 'bench', 'tools'].map((folder) => (
        { target: `./${target}`, from: `./${folder}`, message: `${target}/ can import only src/` }))),
      { target: './lambda', from: './src', except: ['./contract'], message: 'lambda/ can import only src/contract' },
      ...['sandbox', 'test', 'integ', 'examples', 'bench', 'tools'].map((folder) => (
        { target: './lambda', from: `./${folder}`, message: `lambda/ never imports ${folder}/` })),
    ],
  }],
  // Circles of types are no less two files that cannot be understood one at a time. This rule does not see them, test/architecture/ does.
  'import/no-cycle': ['error', { ignoreExternal: true }],
  '@typescript-eslint/no-explicit-any': 'error',
});

// The library as it ships: third-party code in lib/vendor/, its notices, and an executable command. lib/ starts empty: jsii
// does not remove the output of sources that are gone, and the package would contain it.
project.compileTask.prependExec('node tools/library/readme-links.mjs');
project.compileTask.prependExec('node -e "fs.rmSync(\'lib\', { recursive: true, force: true })"');
project.compileTask.exec('node tools/library/main.mjs');

// The tests run real programs, also in projen's own workflows.
project.testTask.prependExec('node tools/setup.mjs --for test');
// The snippets in other languages are part of the package.
project.postCompileTask.exec('node tools/check-snippets.mjs');

// What users can import, and what jsii reads of its dependencies. Everything else of lib/ can be renamed at any time.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});

// The package's command: `npx cdk-amp-pagerduty`.
project.package.addBin({ 'cdk-amp-pagerduty': 'lib/cli/main.js' });

// Two commands do everything on a fresh machine, before anything is installed: they start with the setup.
project.setScript('test', 'node tools/setup.mjs --for test && node tools/check.mjs');
project.setScript('fuzz', 'node tools/setup.mjs --for test && node tools/fuzz/main.mjs');
project.setScript('sandbox', 'node tools/setup.mjs --for sandbox && node tools/run.mjs sandbox/main.ts');
project.setScript('bench:synth', 'projen compile && node tools/run.mjs bench/synth.ts');
project.setScript('bench:translate', 'node tools/run.mjs bench/translate.ts');
// The verdicts of AMP's engine that tests read are written by a Go program; tools/check.mjs compares them where Go is.
project.setScript('engine:update', 'node tools/run.mjs test/engine/update.ts');
project.setScript('parity', 'node tools/setup.mjs --for sandbox && node tools/run.mjs sandbox/parity/main.ts');
project.setScript('chaos', 'node tools/setup.mjs --for sandbox && node tools/run.mjs sandbox/chaos/main.ts');
project.setScript('bench:relay', 'node tools/setup.mjs --for sandbox && node tools/run.mjs bench/relay.ts');

addCheckWorkflow(project);
addFuzzWorkflow(project);
addReleaseTasks(project);
minimizePermissions(project);

// The packages of all languages, and applications that install them.
project.setScript('package', 'projen bundle && projen compile && node tools/packages/build.mjs');
project.setScript('test:packages', 'node tools/setup.mjs --for test && npm run package && node tools/packages/main.mjs');

// The snapshots of integ/. The region spares the runner a look-up that takes longer than the test.
const integRunner = "integ-runner --directory integ --language typescript --app 'node -r ./tools/typescript.cjs {filePath}'";
project.addTask('integ:verify', {
  description: 'Compare the snapshots of the integration tests with what would be deployed',
  exec: integRunner,
  env: { AWS_REGION: 'us-east-1' },
});
project.addTask('integ:update', {
  description: 'Write the snapshots of the integration tests, without deploying',
  steps: [{ exec: `${integRunner} --update-on-failed --dry-run` }, { exec: 'node tools/relative-snapshot.mjs' }],
  env: { AWS_REGION: 'us-east-1' },
});

project.addTask('docs', {
  description: 'Write the pages of docs/ that are made from the code',
  exec: 'ts-node --transpile-only --project tsconfig.dev.json tools/docs/main.ts',
});

// What the functions import is bundled into them, and what the library imports into lib/vendor/: tools/library refuses
// anything else that a user would need to install.
project.eslint?.allowDevDeps('lambda/**');
project.eslint?.allowDevDeps('src/**');

// These load with `require`: what is not needed without files to read, mails, or messages of other formats is put off, and the grammar of PromQL has types
// for `import` only, which CommonJS modules cannot use.
project.eslint?.addOverride({
  files: [
    'src/alertmanager/alert-manager-config.ts', 'src/alertmanager/translate/translate.ts', 'src/check-severities.ts', 'src/rules/load-rules.ts',
    'src/prometheus/promql/grammar.ts', 'lambda/notify/email/email-sender.ts', 'lambda/receive/formats/article-fields.ts',
    'lambda/receive/formats/read-notification.ts', 'lambda/receive/receive-notifications.ts',
  ],
  rules: { '@typescript-eslint/no-require-imports': 'off' },
});

project.gitignore.exclude('cdk.out/', '.cache/', '*.tgz', 'test-reports/', '/THIRD_PARTY_LICENSES', '.jsii.tabl.json');

// The npm package has what its users need: of docs/, the two pages that findings and alarms link to.
project.npmignore?.exclude(
  '/lambda/', '/sandbox/', '/integ/', '/examples/', '/bench/', '/tools/', '/.ci/', '/projenrc/', '/rosetta/', '/cdk.out/', '/.cache/',
  '/CONTRIBUTING.md', '/API.md', '/docs/*', '/SECURITY.md', '/CODE_OF_CONDUCT.md', '/CHANGELOG.md', '/.compatignore',
);
project.npmignore?.include('/docs/findings.md', '/docs/runbook.md', '/.jsii.tabl.json', '/THIRD_PARTY_LICENSES');

project.synth();
