import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** What a cold start reads and parses. */
const MAX_BUNDLE_BYTES = 400_000;

test.each(['receive', 'deliver', 'notify'])('the bundle of %s stays below 400,000 bytes', (bundle) => {
  const folder = path.resolve(__dirname, '../../assets/lambda', bundle, 'index');
  const sizes = readdirSync(folder).map((file) => statSync(path.join(folder, file)).size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(1000);
  expect(total).toBeLessThan(MAX_BUNDLE_BYTES);
});
