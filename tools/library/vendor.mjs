// Puts the code of third-party libraries into `lib/vendor/`, and makes the compiled modules load it from there.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

const LIBRARY = 'lib';
const VENDOR = path.join(LIBRARY, 'vendor');

/** The libraries that `src/` imports. Whatever else it imports must be a peer dependency or part of Node.js. */
const VENDORED = {
  'yaml': 'yaml.js',
  '@prometheus-io/lezer-promql': 'lezer-promql.js',
};

const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Bundles each library into one file. Returns esbuild's metafiles: they name every package that went in. */
export async function bundleLibraries() {
  return Promise.all(Object.entries(VENDORED).map(async ([name, file]) => {
    const { metafile } = await build({
      entryPoints: [name],
      outfile: path.join(VENDOR, file),
      bundle: true,
      minify: true,
      // The licenses are in THIRD-PARTY-NOTICES.
      legalComments: 'none',
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      metafile: true,
      logLevel: 'error',
    });
    return metafile;
  }));
}

/** Replaces `require("yaml")` with the path of the bundled file in every compiled module. */
export function useBundledLibraries() {
  for (const file of compiledModules()) {
    const code = readFileSync(file, 'utf8');
    const linked = code.replace(/\brequire\((["'])([^"'.][^"']*)\1\)/g, (call, _, name) => {
      if (Object.hasOwn(VENDORED, name)) {
        return `require(${JSON.stringify(relativePath(file, path.join(VENDOR, VENDORED[name])))})`;
      }
      if (!isProvided(name)) {
        throw new Error(`${file} requires "${name}", which users do not install: add it to VENDORED in tools/library/vendor.mjs`);
      }
      return call;
    });
    if (linked !== code) {
      writeFileSync(file, linked);
    }
  }
}

function compiledModules() {
  return readdirSync(LIBRARY, { recursive: true })
    .map((name) => path.join(LIBRARY, String(name)))
    .filter((file) => file.endsWith('.js') && !file.startsWith(VENDOR + path.sep));
}

function isProvided(name) {
  const packageName = name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/');
  return builtinModules.includes(name.replace(/^node:/, '')) || Object.hasOwn(peerDependencies, packageName);
}

function relativePath(from, to) {
  const relative = path.relative(path.dirname(from), to).split(path.sep).join('/');
  return relative.startsWith('.') ? relative : `./${relative}`;
}
