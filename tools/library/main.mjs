#!/usr/bin/env node
// Completes `lib/` after jsii compiled it: the last step of `npx projen compile`.
//
// The package has no dependencies. A bundled dependency would ship with its change log, browser build, and type
// declarations, which `.npmignore` cannot exclude. So the code of the two libraries is put into `lib/vendor/` instead, and
// their licenses into THIRD_PARTY_LICENSES. The library's own modules become one file.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { bundleModules } from './modules.mjs';
import { bundledPackages, writeNotices } from './notices.mjs';
import { bundleLibraries } from './vendor.mjs';

const { bin } = JSON.parse(readFileSync('package.json', 'utf8'));

const libraries = await bundleLibraries();
await bundleModules();
writeFileSync('THIRD_PARTY_LICENSES', writeNotices(await bundledPackages(libraries)));
// npm makes commands executable when it installs them; the jsii runtimes of other languages do not.
Object.values(bin).forEach((command) => chmodSync(command, 0o755));
