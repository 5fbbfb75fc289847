/** What the chaos command runs: three receivers, and a retry window that an outage can outlast within a run. */
import * as path from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { RETRY_WINDOW_SECONDS } from './retry-window';
import { AlertManagerConfig, AmpPagerDutyAlerting, Delivery } from '../../src';

const app = new App({ analyticsReporting: false });
new AmpPagerDutyAlerting(new Stack(app, 'Chaos'), 'Alerting', {
  alertManagerConfig: AlertManagerConfig.fromFile(path.join(__dirname, 'alertmanager.yml')),
  // A heartbeat never pages, and each receiver of the definition gets incidents here.
  heartbeat: false,
  delivery: Delivery.relay({ retryWindow: Duration.seconds(RETRY_WINDOW_SECONDS) }),
});
app.synth();
