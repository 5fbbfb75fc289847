// Synthesizes an app with nothing but the construct, and prints which modules of the library that took, as a JSON array of paths.
// `node tools/library/default-app.cjs DIRECTORY`, with the directory of the compiled library before its modules are bundled.
const { mkdtempSync, realpathSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const library = realpathSync(process.argv[2]);
// Other modules of aws-cdk-lib would not know a scope of these.
const requireFromLibrary = require('node:module').createRequire(path.join(library, 'index.js'));
const { App, Stack } = requireFromLibrary('aws-cdk-lib');
const { AmpPagerDutyAlerting } = requireFromLibrary('./amp-pagerduty-alerting');

const outdir = mkdtempSync(path.join(tmpdir(), 'default-app-'));
try {
  const app = new App({ outdir });
  new AmpPagerDutyAlerting(new Stack(app, 'DefaultApp'), 'Alerting', { outputs: true });
  app.synth();
} finally {
  rmSync(outdir, { recursive: true });
}
const loaded = Object.keys(require.cache).filter((file) => file.startsWith(library + path.sep)).map((file) => path.relative(library, file));
process.stdout.write(JSON.stringify(loaded));
