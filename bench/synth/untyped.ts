/**
 * The resources of `examples/minimal` as its template has them, each as a construct without a type: what AWS CDK needs to write a template
 * of this size, if nobody computes anything.
 */
import { readFileSync } from 'fs';
import { App, CfnResource, Stack } from 'aws-cdk-lib';

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>>;
}

const { Resources: resources } = JSON.parse(readFileSync(String(process.env.BENCH_TEMPLATE), 'utf8')) as Template;
const app = new App();
const stack = new Stack(app, 'Untyped');

Object.entries(resources).forEach(([id, { Type: type, Properties: properties }]) => new CfnResource(stack, id, { type, properties }));

app.synth();
