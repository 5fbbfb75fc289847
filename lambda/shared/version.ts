import { version } from '../../package.json';

/** How the relay introduces itself to PagerDuty. */
export const USER_AGENT = `cdk-amp-pagerduty/${version}`;
