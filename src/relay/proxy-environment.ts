import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** The variables that Node.js reads for a proxy, and none without one. AWS is reached without the proxy. */
export function proxyEnvironment(scope: Construct, httpsProxy: string | undefined): Record<string, string> {
  return httpsProxy === undefined ? {} : { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: httpsProxy, NO_PROXY: `.${Stack.of(scope).urlSuffix}` };
}
