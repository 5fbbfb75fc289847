/** The construct for one configuration: `app.ts '{"config": "alertmanager.yml"}'`. Synthesized by the comparison. */
import { App, Stack } from 'aws-cdk-lib';
import type { ParityAppOptions } from './app-options';
import { AlertManagerConfig, AmpPagerDutyAlerting, DetailsFormat, PagerDutyRegion, UnsupportedReceivers } from '../../src';
import { FindingsError } from '../../src/findings/findings-error';

const { config, templateDirectory, details, endpoint } = JSON.parse(process.argv[2] ?? '') as ParityAppOptions;

try {
  const app = new App({ analyticsReporting: false });
  new AmpPagerDutyAlerting(new Stack(app, 'Parity'), 'Alerting', {
    // Other integrations are taken out of the native side as well: what is compared is what pages.
    alertManagerConfig: AlertManagerConfig.fromFile(config, { templateDirectory, unsupportedReceivers: UnsupportedReceivers.WARN }),
    detailsFormat: details === 'structured' ? DetailsFormat.STRUCTURED : DetailsFormat.TEXT,
    pagerDutyRegion: endpoint === undefined ? undefined : PagerDutyRegion.endpoint(endpoint),
  });
  app.synth();
} catch (error) {
  // Findings speak for themselves; where they were thrown says nothing to who wrote the configuration.
  console.error(error instanceof FindingsError ? error.message : error);
  process.exitCode = 1;
}
