import { email } from './email/email';
import { starterOf, type StartIntegration } from './integration';
import { pagerDuty } from './pagerduty/pagerduty';
import { slack } from './slack/slack';
import { webhook } from './webhook/webhook';

/** Every integration that is compared. Others are left out on both sides. */
export const INTEGRATIONS: readonly StartIntegration[] = [starterOf(pagerDuty), starterOf(webhook), starterOf(slack), starterOf(email)];
