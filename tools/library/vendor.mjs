// Puts the code of third-party libraries into `lib/vendor/`, a file for each: they are loaded on demand.
import path from 'node:path';
import { build } from 'esbuild';

const VENDOR = path.join('lib', 'vendor');

/** The libraries that `src/` imports. Whatever else it imports must be a peer dependency or part of Node.js. */
export const VENDORED = {
  'yaml': 'yaml.js',
  '@prometheus-io/lezer-promql': 'lezer-promql.js',
};

/** Bundles each library into one file. Returns esbuild's metafiles: they name every package that went in. */
export async function bundleLibraries({ write = true } = {}) {
  return Promise.all(Object.entries(VENDORED).map(async ([name, file]) => {
    const { metafile } = await build({
      entryPoints: [name],
      outfile: path.join(VENDOR, file),
      write,
      bundle: true,
      minify: true,
      // The licenses are in THIRD_PARTY_LICENSES.
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
