import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { runRedeployment } from '../../../sandbox/redeployment/redeployment';

const FOLDER = path.join(__dirname, '..', '..', '..', 'sandbox', 'redeployment');
const BEFORE = path.join(FOLDER, 'before.yml');

const RESOLVED = {
  incidents: ['everyone GroupOfAll: resolved', 'team GroupA: resolved', 'team GroupB: resolved', 'team-2 GroupA: resolved', 'team-2 GroupB: resolved'],
  webhooks: ['hooks/webhook/0 GroupC: resolved', 'hooks/webhook/1 GroupC: resolved', 'team/webhook/0 GroupA: resolved', 'team/webhook/0 GroupB: resolved'],
};

jest.setTimeout(300_000);

test('a deployment while groups have just ended loses no resolve: the end is that of a run without it', async () => {
  const without = await runRedeployment({ before: BEFORE });
  expect(without).toMatchObject(RESOLVED);
  expect(await runRedeployment({ before: BEFORE, after: path.join(FOLDER, 'after.yml') })).toEqual(without);
});

test('a receiver that the user renames loses its resolves, as in open-source Alertmanager', async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'renamed-'));
  try {
    const after = path.join(directory, 'alertmanager.yml');
    fs.writeFileSync(after, fs.readFileSync(BEFORE, 'utf8').replaceAll('receiver: team', 'receiver: renamed').replace('name: team', 'name: renamed'));
    const { incidents } = await runRedeployment({ before: BEFORE, after });
    expect(incidents).toEqual(RESOLVED.incidents.map((line) => (line.startsWith('team') ? line.replace('resolved', 'triggered') : line)));
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
});
