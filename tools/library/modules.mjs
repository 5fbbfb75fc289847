// Puts the compiled modules into two files: `lib/library.js` has what an app with the defaults uses, and `lib/on-demand.js` the rest.
// A synthesis spends more time on finding, opening, and compiling code than on running it (docs/decisions/0042 and 0045), so each
// module loads another one when it first uses it. What remains beside the two files are the type declarations, and the modules that are
// loaded by name: the library itself and its command.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { makeRequiresLazy } from './lazy-requires.mjs';
import { VENDORED } from './vendor.mjs';

const LIBRARY = path.resolve('lib');
const FILES = ['library.js', 'on-demand.js'];
const COMMAND = path.join('cli', 'main.js');
const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

export async function bundleModules() {
  const modules = compiledModules();
  makeRequiresLazy(modules.map((module) => path.join(LIBRARY, module))).forEach((text, file) => writeFileSync(file, text));
  const exported = moduleOfEachExport();
  const ofDefaultApp = new Set(modulesOfDefaultApp());
  const fileOf = (module) => ofDefaultApp.has(module) ? 'library.js' : 'on-demand.js';
  for (const file of FILES) {
    await bundleFile(file, modules.filter((module) => fileOf(module) === file), fileOf, file === 'library.js' ? writeExports(exported) : '');
  }
  modules.forEach((module) => rmSync(path.join(LIBRARY, module)));
  writeFileSync(path.join(LIBRARY, 'cli', 'run.js'), `"use strict";\nmodule.exports = require("../on-demand").modules[${JSON.stringify(path.join('cli', 'run.js'))}]();\n`);
  writeFileSync(path.join(LIBRARY, 'index.js'), writeIndex([...exported.keys()]));
}

/** Bundles modules into one file, which exports a function for each that loads it: the other file calls these. */
async function bundleFile(file, modules, fileOf, more) {
  const entries = modules.map((module) => `${JSON.stringify(module)}: () => require(${JSON.stringify(`./${module}`)}),`);
  await build({
    stdin: { contents: `exports.modules = {\n${entries.join('\n')}\n};\n${more}`, resolveDir: LIBRARY },
    outfile: path.join(LIBRARY, file),
    bundle: true,
    // Readable, because stack traces of users lead here.
    minify: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
    plugins: [{ name: 'library', setup: (plugin) => resolveModules(plugin, file, fileOf) }],
  });
}

function resolveModules({ onLoad, onResolve }, file, fileOf) {
  onResolve({ filter: /^[^./]/ }, ({ path: name, importer }) => {
    if (Object.hasOwn(VENDORED, name)) {
      return { path: `./vendor/${VENDORED[name]}`, external: true };
    }
    if (!isProvided(name)) {
      throw new Error(`${importer} requires "${name}", which users do not install: add it to VENDORED in tools/library/vendor.mjs`);
    }
    return { path: name, external: true };
  });
  FILES.forEach((other) => onResolve({ filter: new RegExp(`^\\./${other.replace('.', '\\.')}$`) }, () => ({ path: `./${other}`, external: true })));
  onLoad({ filter: /\.js$/ }, ({ path: name }) => {
    const module = path.relative(LIBRARY, name);
    if (fileOf(module) !== file) {
      return { contents: `module.exports = require(${JSON.stringify(`./${fileOf(module)}`)}).modules[${JSON.stringify(module)}]();` };
    }
    // Modules find the files of the package from the directory that they were compiled for.
    const directory = JSON.stringify(path.dirname(module));
    return { contents: readFileSync(name, 'utf8').replace(/\b__dirname\b/g, `require("path").join(__dirname, ${directory})`) };
  });
}

/** Runs an app with the defaults. It needs the bundled functions. */
function modulesOfDefaultApp() {
  if (!existsSync('assets')) {
    throw new Error('the functions are not bundled; run npx projen bundle first');
  }
  return JSON.parse(execFileSync(process.execPath, [path.join(import.meta.dirname, 'default-app.cjs'), LIBRARY], { encoding: 'utf8' }));
}

/** The module that defines each export of the library, by the name of the export. */
function moduleOfEachExport() {
  const requireFromLibrary = createRequire(path.join(LIBRARY, 'index.js'));
  const all = requireFromLibrary('./index.js');
  const modules = [...readFileSync(path.join(LIBRARY, 'index.js'), 'utf8').matchAll(/\brequire\("(\.\/[^"]+)"\)/g)].map(([, module]) => module);
  return new Map(Object.keys(all).map((name) => [name, modules.find((module) => requireFromLibrary(module)[name] === all[name])]));
}

function writeExports(exported) {
  return `exports.index = {\n${[...exported].map(([name, module]) => `get ${name}() { return require(${JSON.stringify(module)}).${name}; },`).join('\n')}\n};`;
}

/** Names each export on a line of its own, in a form in which Node.js finds those that an ES module can import. */
function writeIndex(names) {
  const lines = names.map((name) => `Object.defineProperty(exports, "${name}", { enumerable: true, get: function () { return library.${name}; } });`);
  return ['"use strict";', 'const library = require("./library").index;', ...lines, ''].join('\n');
}

/** The paths of all modules that go into the two files. */
function compiledModules() {
  return readdirSync(LIBRARY, { recursive: true, encoding: 'utf8' })
    .filter((module) => module.endsWith('.js') && module !== COMMAND && !FILES.includes(module) && !module.startsWith(`vendor${path.sep}`))
    .sort();
}

function isProvided(name) {
  const packageName = name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/');
  return builtinModules.includes(name.replace(/^node:/, '')) || Object.hasOwn(peerDependencies, packageName);
}
