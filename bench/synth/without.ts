/** An app without the construct: a stack with one plain resource. */
import { App, Stack } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';

const app = new App();
const stack = new Stack(app, 'Without');

new sns.CfnTopic(stack, 'Topic');

app.synth();
