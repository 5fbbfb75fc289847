/**
 * The template of `examples/minimal` with a `Cfn…` construct for each resource, as `CfnInclude` creates them: what the least that has types
 * costs. None of it has `grant…` or `metric…`.
 */
import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';

const app = new App();
const stack = new Stack(app, 'Included');

new CfnInclude(stack, 'Template', { templateFile: String(process.env.BENCH_TEMPLATE) });

app.synth();
