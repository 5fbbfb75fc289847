import { mkdirSync } from 'fs';
import * as path from 'path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { buildSync } from 'esbuild';

const BUNDLES = path.join(__dirname, '..', 'node_modules', '.cache', 'integ');

/** A function of the test itself, from `functions/`. The AWS SDK is the one that the runtime brings. */
export function testFunction(scope: Construct, name: string, environment: Record<string, string>): lambda.Function {
  const outfile = path.join(BUNDLES, name, 'index.js');
  mkdirSync(path.dirname(outfile), { recursive: true });
  buildSync({
    entryPoints: [path.join(__dirname, 'functions', `${name}.ts`)],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    external: ['@aws-sdk/*'],
  });
  return new lambda.Function(scope, name, {
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    code: lambda.Code.fromAsset(path.dirname(outfile)),
    handler: 'index.handler',
    timeout: Duration.seconds(30),
    environment,
    logGroup: new logs.LogGroup(scope, `${name}-logs`, { retention: logs.RetentionDays.ONE_DAY, removalPolicy: RemovalPolicy.DESTROY }),
  });
}
