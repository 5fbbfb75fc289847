#!/usr/bin/env node
// The list of third-party packages whose code ships, with exact versions: in the functions and in lib/vendor/.
//
// It is committed, so that an update of what ships is a line in a diff that a person reviews, also where no registry answers
// questions about advisories.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { bundledPackages } from './notices.mjs';
import { bundleLibraries } from './vendor.mjs';

export const FILE = new URL('./shipped-versions.json', import.meta.url);

/** Licenses under which the code can ship in a package under Apache-2.0, with what THIRD_PARTY_LICENSES contains. */
const ALLOWED_LICENSES = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}

async function main(args) {
  if (args.some((arg) => arg !== '--write')) {
    console.log(`usage: node tools/library/shipped.mjs [--write]

Compares the third-party packages whose code ships with tools/library/shipped-versions.json, and their licenses with the allowed
ones (${ALLOWED_LICENSES.join(', ')}). With --write, writes the file.`);
    process.exitCode = args.includes('--help') ? 0 : 2;
    return;
  }
  const shipped = await shippedVersions();
  const refused = Object.entries(shipped).filter(([, { license }]) => !ALLOWED_LICENSES.includes(license));
  refused.forEach(([name, { license }]) => console.error(`${name} has the license ${license}, which is not one of ${ALLOWED_LICENSES.join(', ')}`));
  const text = `${JSON.stringify(shipped, null, 2)}\n`;
  if (args.includes('--write')) {
    writeFileSync(FILE, text);
  } else if (readFileSync(FILE, 'utf8') !== text) {
    console.error(`tools/library/shipped-versions.json is outdated; what ships is\n${text}\nReview it, and run \`node tools/library/shipped.mjs --write\`.`);
    process.exitCode = 1;
  }
  if (refused.length > 0) {
    process.exitCode = 1;
  }
  console.log(`${Object.keys(shipped).length} third-party packages ship`);
}

/** By `name@version`, because one package can ship in two versions. */
async function shippedVersions() {
  const packages = await bundledPackages(await bundleLibraries({ write: false }));
  return Object.fromEntries(packages.map(({ name, version, license }) => [`${name}@${version}`, { license }]));
}
