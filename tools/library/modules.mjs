// Puts the compiled modules into one file, `lib/library.js`: a synthesis spends more time on finding and opening 160 files than on running
// them (docs/decisions/0042). Each module still runs when it is first required. What remains beside the file are the type declarations,
// and the two modules that are loaded by name: the library itself and its command.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { VENDORED } from './vendor.mjs';

const LIBRARY = path.resolve('lib');
const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

export async function bundleModules() {
  await build({
    stdin: { contents: 'exports.index = () => require("./index"); exports.run = () => require("./cli/run");', resolveDir: LIBRARY },
    outfile: path.join(LIBRARY, 'library.js'),
    bundle: true,
    // Readable, because stack traces of users lead here.
    minify: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
    plugins: [{ name: 'library', setup: resolveModules }],
  });
  modules().forEach((file) => rmSync(file));
  writeFileSync(path.join(LIBRARY, 'cli', 'run.js'), '"use strict";\nmodule.exports = require("../library").run();\n');
  writeFileSync(path.join(LIBRARY, 'index.js'), writeIndex());
}

function resolveModules({ onLoad, onResolve }) {
  onResolve({ filter: /^[^./]/ }, ({ path: name, importer }) => {
    if (Object.hasOwn(VENDORED, name)) {
      return { path: `./vendor/${VENDORED[name]}`, external: true };
    }
    if (!isProvided(name)) {
      throw new Error(`${importer} requires "${name}", which users do not install: add it to VENDORED in tools/library/vendor.mjs`);
    }
    return { path: name, external: true };
  });
  // Modules find the files of the package from the directory that they were compiled for.
  onLoad({ filter: /\.js$/ }, ({ path: file }) => {
    const directory = JSON.stringify(path.relative(LIBRARY, path.dirname(file)));
    return { contents: readFileSync(file, 'utf8').replace(/\b__dirname\b/g, `require("path").join(__dirname, ${directory})`) };
  });
}

/** Names each export on a line of its own: this is how Node.js finds those that an ES module can import. */
function writeIndex() {
  const names = Object.keys(createRequire(import.meta.url)(path.join(LIBRARY, 'library.js')).index());
  return ['"use strict";', 'const library = require("./library").index();', ...names.map((name) => `exports.${name} = library.${name};`), ''].join('\n');
}

/** All modules that are in the bundle. */
function modules() {
  return readdirSync(LIBRARY, { recursive: true })
    .map((name) => path.join(LIBRARY, String(name)))
    .filter((file) => file.endsWith('.js') && !KEPT.has(path.relative(LIBRARY, file)) && !file.startsWith(path.join(LIBRARY, 'vendor') + path.sep));
}

const KEPT = new Set(['library.js', path.join('cli', 'main.js')]);

function isProvided(name) {
  const packageName = name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/');
  return builtinModules.includes(name.replace(/^node:/, '')) || Object.hasOwn(peerDependencies, packageName);
}
