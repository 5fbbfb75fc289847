// Removes the absolute path of the checkout from the snapshots of integ/: the CDK writes it into its stack traces.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const integ = join(repository, 'integ');

for (const folder of readdirSync(integ).filter((name) => name.endsWith('.snapshot'))) {
  for (const name of readdirSync(join(integ, folder)).filter((each) => each.endsWith('.metadata.json'))) {
    const file = join(integ, folder, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(repository + sep, ''));
  }
}
