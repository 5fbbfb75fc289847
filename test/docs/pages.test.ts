import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AmpPagerDutyAlerting, Relay } from '../../src';
import { DeliverMetric, NotifyMetric, ReceiveMetric } from '../../src/contract/metrics';
import { FINDING_CODES } from '../../src/findings/codes';
import { synthesize } from '../construct/synthesized';

/** Documentation that drifts is worse than none: what the pages name must exist. */
const REPOSITORY = resolve(__dirname, '..', '..');
const WEB = 'https://github.com/cdk-amp-pagerduty/cdk-amp-pagerduty/blob/';
const PAGES = ['README.md', 'CONTRIBUTING.md', ...['docs', 'integ', 'examples'].flatMap(pagesIn)];

test.each(PAGES)('every link of %s leads somewhere', (page) => {
  const broken = links(page).filter(({ target, anchor }) => {
    const file = target === '' ? page : relative(REPOSITORY, resolve(REPOSITORY, dirname(page), target));
    if (!existsSync(join(REPOSITORY, file))) {
      return true;
    }
    return anchor !== undefined && !anchors(file).includes(anchor);
  });

  expect(broken).toEqual([]);
});

test('every file and folder that CONTRIBUTING.md names exists', () => {
  const named = [...read('CONTRIBUTING.md').matchAll(/`((?:src|lambda|sandbox|test|integ|examples|bench|tools|docs)\/[\w./-]*)`/g)].map((match) => match[1]);

  expect(named).toContain('src/contract/message.ts');
  expect(named.filter((name) => !existsSync(join(REPOSITORY, name)))).toEqual([]);
});

test.each(PAGES)('every command that %s shows exists', (page) => {
  const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;
  const unknown = [...read(page).matchAll(/\b(?:npm run|npx projen) ([a-z][a-z:-]*)/g)].map((match) => match[1]).filter((name) => !(name in scripts));

  expect(unknown).toEqual([]);
});

/** The record of renames names what no longer exists. */
const CURRENT_PAGES = PAGES.filter((page) => page !== 'docs/decisions/0020-names.md');

test.each(CURRENT_PAGES)('every metric, metric method and finding that %s names exists', (page) => {
  const text = read(page);
  const known = new Set<string>([...Object.values(ReceiveMetric), ...Object.values(DeliverMetric), ...Object.values(NotifyMetric)]);
  const metrics = [...text.matchAll(/`((?:Notifications|Events|RoutingKey|Severities|Delivery|PagerDuty)[A-Z][A-Za-z]+)`/g)].map((match) => match[1]);
  const methods = [...text.matchAll(/\bmetric[A-Z][A-Za-z]+/g)].map((match) => match[0]);
  const codes = [...text.matchAll(/cdk-amp-pagerduty:([a-z][a-z0-9-]+)/g)].map((match) => match[1]);

  expect({
    metrics: metrics.filter((name) => !known.has(name) && !(name in Relay.prototype)),
    methods: methods.filter((name) => !(name in Relay.prototype) && name !== 'metricX'),
    codes: codes.filter((code) => !(code in FINDING_CODES)),
  }).toEqual({ metrics: [], methods: [], codes: [] });
});

test.each(PAGES)('%s speaks of the product alone', (page) => {
  expect(read(page)).not.toMatch(/\/work\/|\/tmp\/|\/root\/|registry\.npmjs|proxy\.golang/);
});

function pagesIn(directory: string): string[] {
  return readdirSync(join(REPOSITORY, directory), { recursive: true }).map(String).filter((name) => name.endsWith('.md')).sort()
    .map((name) => join(directory, name));
}

function read(file: string): string {
  return readFileSync(join(REPOSITORY, file), 'utf8');
}

test('every link of the README is absolute, because registries show it without the repository', () => {
  expect(everyLink('README.md').filter((link) => !/^https:\/\//.test(link))).toEqual([]);
});

test('every link of the README to this repository leads to the version of the package', () => {
  const { version } = JSON.parse(read('package.json'));
  const refs = everyLink('README.md').filter((link) => link.startsWith(WEB)).map((link) => link.slice(WEB.length).split('/')[0]);

  expect([...new Set(refs)]).toEqual([version === '0.0.0' ? 'main' : `v${version}`]);
});

test.each([
  ['python', 'examples/python/node-exporter/app.py'],
  ['java', 'examples/java/src/main/java/com/example/alerting/NodeExporterApp.java'],
  ['go', 'examples/go/node-exporter/main.go'],
])('the README shows in %s what %s has, which the tests of the packages run, but for the place of the files', (language, example) => {
  const [, snippet] = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'm').exec(read('README.md'))!;
  const inFolderOfApp = read(example)
    .replace(/str\(FILES \/ ("[\w.]+")\)|(?:FILES \+ |files\+)("[\w.]+")/g, '$1$2')
    .replace(/NodeExporter(Alerting)|(?:NodeExporter)(App)/g, (_, name, app) => name ?? `Alerting${app}`);
  const linesOf = (text: string) => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const lines = linesOf(snippet);

  expect(linesOf(inFolderOfApp).filter((line) => lines.includes(line))).toEqual(lines);
});

test('the README counts the alarms of the default settings', () => {
  const stack = new Stack();
  new AmpPagerDutyAlerting(stack, 'Alerting');

  const [, count] = /, (\d+) with default settings \|$/m.exec(read('README.md'))!;
  Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', Number(count));
});

/** A service of AWS by the name that readers know, with the prefix that its resource types have. */
const SERVICES: Readonly<Record<string, string>> = {
  APS: 'AMP workspace',
  CloudWatch: 'Amazon CloudWatch',
  DynamoDB: 'Amazon DynamoDB table',
  IAM: 'IAM roles',
  Lambda: 'receive function',
  Logs: 'log groups',
  SNS: 'Amazon SNS topic',
  SQS: 'Amazon SQS FIFO queue',
  SecretsManager: 'AWS Secrets Manager secret',
};

test('the README names what is created of every service', () => {
  const [, section] = /^## What is created\n([^]*?)^### /m.exec(read('README.md'))!;
  const services = new Set(Object.values(synthesize().resources).map(({ Type }) => Type.split('::')[1]));

  expect(Object.keys(SERVICES).sort()).toEqual([...services].sort());
  expect(Object.values(SERVICES).filter((name) => !section.includes(name))).toEqual([]);
});

/** Links to files of the repository, relative or through its address; the rest of the web is not requested. */
function links(page: string): Array<{ target: string; anchor?: string }> {
  return everyLink(page)
    .map((link) => link.startsWith(WEB) ? relative(dirname(page), link.slice(WEB.length).replace(/^[^/]+\//, '')) : link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [target, anchor] = link.split('#');
      // A picture is linked as the raw file.
      return { target: target.replace(/\?raw=true$/, ''), anchor };
    });
}

function everyLink(page: string): string[] {
  return [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]);
}

/** The anchors that Markdown renderers make of a page's headings. */
function anchors(page: string): string[] {
  return [...withoutCode(read(page)).matchAll(/^#+ (.+)$/gm)]
    .map((match) => match[1].toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-'));
}

function withoutCode(text: string): string {
  return text.replace(/^```[^]*?^```/gm, '');
}

test('the index of the decision records lists each with its title', () => {
  const records = readdirSync(join(REPOSITORY, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name)).sort();
  const titles = records.map((name) => /^# \d{4} (.+)$/m.exec(read(`docs/decisions/${name}`))?.[1]);
  const rows = [...read('docs/decisions/README.md').matchAll(/^\| \[(\d{4})\]\(([^)]+)\) \| (.+?)(?: \(superseded by \d{4}\))? \|$/gm)].map(([, , name, title]) => [name, title]);
  expect(rows).toEqual(records.map((name, index) => [name, titles[index]]));
});

test('the record about loading on demand lists every file that may contain `require`', () => {
  const overrides: Array<{ files: string[]; rules: Record<string, unknown> }> = JSON.parse(read('.eslintrc.json').replace(/^\/\/.*$/m, '')).overrides;
  const files = overrides.filter(({ rules }) => rules['@typescript-eslint/no-require-imports'] === 'off').flatMap((override) => override.files);
  expect(files.length).toBeGreaterThan(5);
  const record = read('docs/decisions/0022-readers-are-loaded-on-demand.md');
  expect(files.filter((file) => !record.includes(`\`${file}\``))).toEqual([]);
});
