/** Rules of a team in a stack of its own, for the workspace of the platform's stack. */
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { AmpPagerDutyAlerting, AmpRules, RuleGroups } from '../../src';

const app = new App();
const platform = new Stack(app, 'PlatformAlerting');
const { workspace } = new AmpPagerDutyAlerting(platform, 'Alerting');

const team = new Stack(app, 'TeamRules');
new AmpRules(team, 'Rules', { workspace, rules: [RuleGroups.fromFile(path.join(__dirname, 'rules.yml'), { namespace: 'checkout' })] });

app.synth();
