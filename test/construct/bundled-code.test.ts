import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { BundledCode } from '../../src/functions/bundled-code';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundled-code-'));
  writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => undefined;');
  mkdirSync(join(folder, 'more'));
  writeFileSync(join(folder, 'more', 'data.json'), '{}');
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Deployed {
  readonly template: unknown;
  readonly assets: unknown;
  /** The content of each file of the asset, by its path. */
  readonly files: Readonly<Record<string, string>>;
}

/** All that is deployed. The hash of the code is replaced, because it is calculated in another way. */
function synthesize(code: lambda.Code, context: { [key: string]: unknown }, ofApp: (app: App) => Stack): Deployed {
  const app = new App({ context });
  const stack = ofApp(app);
  new lambda.Function(stack, 'Function', { code, runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler' });
  app.synth();
  const { outdir } = Stage.of(stack) ?? app;
  const assets = readFileSync(join(outdir, `${stack.artifactId}.assets.json`), 'utf8');
  const template = readFileSync(join(outdir, `${stack.artifactId}.template.json`), 'utf8');
  const [, path = '', hash = ''] = /"path": "([^"]*?([0-9a-f]{64}|bundled-code-\w+))",\s*"packaging": "zip"/.exec(assets) ?? [];
  // The template is an asset, too, whose hash depends on the hash of the code; the names of destinations end in a short hash.
  const withoutHashes = (text: string): unknown => JSON.parse(text.replaceAll(hash, 'hash').replace(/[0-9a-f]{64}/g, 'template').replace(/-[0-9a-f]{8}(?=")/g, ''));
  return { template: withoutHashes(template), assets: withoutHashes(assets), files: filesIn(resolve(outdir, path)) };
}

const inApp = (app: App): Stack => new Stack(app, 'Stack');

function filesIn(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(directory, name)).isFile());
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

test.each<[string, { [key: string]: unknown }, (app: App) => Stack]>([
  ['as an app', {}, inApp],
  ['with the metadata that the CDK CLI asks for', { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true }, inApp],
  ['for a CLI that uses the folder itself', { 'aws:cdk:disable-asset-staging': true, 'aws:cdk:enable-asset-metadata': true }, inApp],
  ['in a stage of the app', {}, (app) => new Stack(new Stage(app, 'Stage'), 'Stack')],
])('deploys what Code.fromAsset deploys, %s', (_, context, ofApp) => {
  const deployed = synthesize(new BundledCode(folder), context, ofApp);
  expect(deployed).toEqual(synthesize(lambda.Code.fromAsset(folder), context, ofApp));
  expect(deployed.files).toEqual({ 'index.js': 'exports.handler = async () => undefined;', 'more/data.json': '{}' });
});

function assetHash(): string {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  new lambda.Function(stack, 'Function', { code: new BundledCode(folder), runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler' });
  const [hash] = /(?<=asset\.)[0-9a-f]{64}/.exec(readFileSync(join(app.synth().directory, 'Stack.assets.json'), 'utf8')) ?? [];
  return hash ?? '';
}

test.each<[string, () => void]>([
  ['another content', () => writeFileSync(join(folder, 'more', 'data.json'), '[]')],
  ['another name', () => renameSync(join(folder, 'more', 'data.json'), join(folder, 'more', 'date.json'))],
  ['one file more', () => writeFileSync(join(folder, 'empty'), '')],
])('a bundle with %s is another asset', (_, change) => {
  const before = assetHash();
  expect(before).toMatch(/./);
  expect(assetHash()).toBe(before);
  change();
  expect(assetHash()).not.toBe(before);
});
