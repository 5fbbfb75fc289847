import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
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

/** All that is deployed: the template, the list of assets, and the folder of the one asset of code. */
function synthesise(code: lambda.Code, context: { [key: string]: unknown }): { template: unknown; assets: unknown } {
  const app = new App({ context });
  const stack = new Stack(app, 'Stack');
  new lambda.Function(stack, 'Function', { code, runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler' });
  const assembly = app.synth();
  const manifest: unknown = JSON.parse(readFileSync(join(assembly.directory, 'Stack.assets.json'), 'utf8'));
  return { template: assembly.getStackByName('Stack').template, assets: manifest };
}

test.each([
  ['as an app', {}],
  ['with the metadata that the CDK CLI asks for', { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true }],
])('deploys what Code.fromAsset deploys, %s', (_, context) => {
  expect(synthesise(new BundledCode(folder), context)).toEqual(synthesise(lambda.Code.fromAsset(folder), context));
});

test('another bundle is another asset', () => {
  const before = synthesise(new BundledCode(folder), {});
  writeFileSync(join(folder, 'more', 'data.json'), '[]');
  expect(synthesise(new BundledCode(folder), {}).template).not.toEqual(before.template);
});
