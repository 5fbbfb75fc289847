import { execFileSync } from 'child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { objectionsTo } from './nag';
import { Resource } from './synthesized';

const REPOSITORY = join(__dirname, '..', '..');
const EXAMPLES = join(REPOSITORY, 'examples');

/** Folders with a TypeScript app. Those of other languages have the same apps; `npm run test:packages` synthesizes them. */
const names = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'app.ts')));

test('the README names them all', () => {
  const listed = [...readFileSync(join(EXAMPLES, 'README.md'), 'utf8').matchAll(/^\| \[([\w-]+)\]\(\1\/app\.ts\)/gm)].map((match) => match[1]);
  expect(listed.sort()).toEqual([...names].sort());
});

test('the README says which example exists in which other language', () => {
  const table = readFileSync(join(EXAMPLES, 'README.md'), 'utf8').split('\n').filter((line) => line.includes('/app.ts)'));
  const linked = table.flatMap((line) => [...line.matchAll(/\]\(((?:python|java|go)\/[^)]+)\)/g)].map((match) => match[1]));
  const apps = ['python', 'java', 'go'].flatMap((language) => readdirSync(join(EXAMPLES, language), { recursive: true })
    .map((file) => `${language}/${String(file)}`).filter((file) => /(?:\/app\.py|App\.java|\/main\.go)$/.test(file)));

  expect(apps.length).toBeGreaterThan(0);
  expect(linked.sort()).toEqual(apps.sort());
});

describe.each(names)('the example %s', (name) => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'example-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is synthesized, without a credential in what comes out', () => {
    execFileSync(process.execPath, ['-r', './tools/typescript.cjs', join('examples', name, 'app.ts')], {
      cwd: REPOSITORY, env: { ...process.env, CDK_OUTDIR: folder }, stdio: 'pipe',
    });
    const texts = readdirSync(folder).filter((file) => file.endsWith('.template.json')).map((file) => readFileSync(join(folder, file), 'utf8'));
    const text = texts.join('\n');
    const resources = texts.flatMap((one) => Object.values((JSON.parse(one) as { Resources: Record<string, Resource> }).Resources));

    const definitions = resources.filter(({ Type, Properties: properties }) => (
      Type === 'AWS::APS::Workspace' ? properties?.AlertManagerDefinition : Type === 'Custom::AmpAlertManagerDefinition' && properties?.Definition));
    expect(definitions).toHaveLength(1);
    const credentials = /0123456789abcdef0123456789abcdef|fedcba9876543210fedcba9876543210|not-a-password|hooks\.slack\.com\/services/;
    expect(text).not.toMatch(credentials);
    expect(definitionTexts(definitions)).not.toMatch(credentials);
  });

  test('has nothing that cdk-nag AwsSolutions objects to', () => {
    expect(objectionsTo(appOf(name))).toEqual([]);
  });
});

/** The definitions as text: that of an existing workspace is compressed in the template. */
function definitionTexts(definitions: readonly Resource[]): string {
  return definitions.map(({ Properties: properties }) => (
    typeof properties?.Definition === 'string' ? gunzipSync(Buffer.from(properties.Definition, 'base64')).toString() : JSON.stringify(properties))).join('\n');
}

/** The app of an example, before it is synthesized. */
function appOf(name: string): App {
  const apps: App[] = [];
  const synth = jest.spyOn(Stage.prototype, 'synth').mockImplementation(function (this: Stage) {
    apps.push(this as App);
    return undefined as never;
  });
  try {
    jest.requireActual(join(EXAMPLES, name, 'app'));
  } finally {
    synth.mockRestore();
  }
  expect(apps).toHaveLength(1);
  expect(apps[0].node.children.filter((child) => child instanceof Stack)).not.toEqual([]);
  return apps[0];
}
