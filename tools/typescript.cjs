// Lets Node.js load the TypeScript of this repository: `node -r ./tools/typescript.cjs app.ts`. Types are stripped, not
// checked. A file is translated once and then found by its content, so that the second start costs nothing.
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const CACHE = path.join(__dirname, '..', 'node_modules', '.cache', 'typescript');
const OPTIONS = { loader: 'ts', format: 'cjs', target: 'node20', sourcemap: 'inline', sourcesContent: false };

let translator;

process.setSourceMapsEnabled(true);

require.extensions['.ts'] = (module, file) => {
  const source = fs.readFileSync(file, 'utf8');
  const name = createHash('sha256').update(JSON.stringify([OPTIONS, file, source])).digest('hex');
  const cached = path.join(CACHE, `${name}.js`);
  if (!fs.existsSync(cached)) {
    translator ??= require('esbuild');
    const { code } = translator.transformSync(source, { ...OPTIONS, sourcefile: file });
    fs.mkdirSync(CACHE, { recursive: true });
    // Written to another file and renamed, because another process might be reading.
    fs.writeFileSync(`${cached}.${process.pid}`, code);
    fs.renameSync(`${cached}.${process.pid}`, cached);
  }
  module._compile(fs.readFileSync(cached, 'utf8'), file);
};
