// The npm tarball: installed by npm and pnpm, loaded as CommonJS and as an ES module, on each version of Node.js.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { requireSameAssembly } from './compare.mjs';
import { artifact, LOWEST, outputOf, PACKAGE, REPOSITORY, VERSIONS } from './scratch.mjs';
import { run } from './run.mjs';

const TSC = path.join(REPOSITORY, 'node_modules', 'typescript', 'bin', 'tsc');

/** The reference: all examples, compiled against the tarball beside the lowest aws-cdk-lib. */
export async function typescriptReference(scratch, report) {
  const app = await installWith(scratch, 'npm', LOWEST.cdk);
  report(`npm installed ${PACKAGE.name} beside aws-cdk-lib ${LOWEST.cdk}`);
  const examples = await compileExamples(scratch, app);
  report(`${examples.length} examples compiled against the type declarations`);
  for (const example of examples) {
    await synthesize(process.execPath, app, example, outputOf(scratch, 'typescript', example));
  }
  report(`${examples.length} examples synthesized on Node.js ${process.versions.node}`);
  return examples;
}

/** The same app on the other versions of Node.js. */
export async function nodeVersions(scratch, report) {
  const app = appDirectory(scratch, 'npm', LOWEST.cdk);
  for (const [major, version] of Object.entries(VERSIONS.node)) {
    const output = outputOf(scratch, `node-${major}`, 'lift-and-shift');
    await synthesize(await nodeProgram(scratch, version), app, 'lift-and-shift', output);
    requireSameAssembly(outputOf(scratch, 'typescript', 'lift-and-shift'), output);
    report(`lift-and-shift is the same on Node.js ${version}`);
  }
}

/** pnpm's strict node_modules, the newest aws-cdk-lib, and an ES module that names its imports. */
export async function esModuleWithPnpm(scratch, report) {
  await inOtherInstallation(scratch, 'pnpm', VERSIONS.newestCdk, report);
}

/** Every combination of package manager, aws-cdk-lib, and Node.js. */
export async function wholeMatrix(scratch, report) {
  for (const manager of ['npm', 'pnpm']) {
    for (const cdk of [LOWEST.cdk, VERSIONS.newestCdk]) {
      const nodes = await Promise.all(Object.values(VERSIONS.node).map((version) => nodeProgram(scratch, version)));
      await inOtherInstallation(scratch, manager, cdk, report, [process.execPath, ...nodes]);
    }
  }
  const app = appDirectory(scratch, 'npm', LOWEST.cdk);
  writeFileSync(path.join(app, 'strict.mts'), "import { AmpPagerDutyAlerting } from 'cdk-amp-pagerduty';\nexport const name: string = AmpPagerDutyAlerting.name;\n");
  await run([process.execPath, TSC, '--strict', '--target', 'es2022', '--module', 'nodenext', '--skipLibCheck', 'false', '--noEmit', 'strict.mts'], { cwd: app });
  report('type declarations are valid without skipLibCheck');
}

/** Runs the wrong app, an ES module, and returns what a person sees. */
export async function wrongApp(scratch) {
  const app = appDirectory(scratch, 'npm', LOWEST.cdk);
  cpSync(path.join(scratch, 'wrong', 'app.mjs'), path.join(app, 'wrong.mjs'));
  cpSync(path.join(scratch, 'wrong', 'alertmanager.yml'), path.join(app, 'alertmanager.yml'));
  const { stderr, stdout } = await run([process.execPath, 'wrong.mjs'], { cwd: app, expectFailure: true, env: outdir(path.join(app, 'wrong.out')) });
  return stdout + stderr;
}

/** What the package's command prints about a file. */
export async function commandOutput(scratch, file) {
  const app = appDirectory(scratch, 'npm', LOWEST.cdk);
  return (await run(['npx', '--no-install', 'cdk-amp-pagerduty', 'check', file], { cwd: app })).stdout;
}

async function inOtherInstallation(scratch, manager, cdk, report, nodes = [process.execPath]) {
  const app = await installWith(scratch, manager, cdk);
  const module = esModuleOf(scratch, app);
  for (const node of nodes) {
    const output = outputOf(scratch, `${manager}-${cdk}-${nodes.indexOf(node)}`, 'lift-and-shift');
    await run([node, module], { cwd: app, env: outdir(output) });
    requireSameAssembly(outputOf(scratch, 'typescript', 'lift-and-shift'), output, { templatesOnly: cdk !== LOWEST.cdk });
  }
  report(`lift-and-shift as an ES module, installed by ${manager} beside aws-cdk-lib ${cdk}${nodes.length > 1 ? `, on ${nodes.length} versions of Node.js` : ''}`);
}

function appDirectory(scratch, manager, cdk) {
  return path.join(scratch, `${manager}-${cdk}`);
}

async function installWith(scratch, manager, cdk) {
  const app = appDirectory(scratch, manager, cdk);
  if (existsSync(path.join(app, 'node_modules'))) {
    return app;
  }
  mkdirSync(app, { recursive: true });
  const dependencies = { 'aws-cdk-lib': cdk, 'constructs': LOWEST.constructs, [PACKAGE.name]: `file:${artifact('js', /\.tgz$/)}` };
  writeFileSync(path.join(app, 'package.json'), JSON.stringify({ name: 'app', version: '1.0.0', private: true, dependencies }));
  const install = manager === 'npm'
    ? ['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', '--loglevel=error']
    : ['npm', 'exec', '--yes', '--', `pnpm@${VERSIONS.pnpm}`, 'install', '--prefer-offline', '--ignore-scripts', '--loglevel=error'];
  await run(install, { cwd: app, attempts: 3 });
  return app;
}

/** Compiles every example, importing the construct as a user does. */
async function compileExamples(scratch, app) {
  const source = path.join(scratch, 'examples');
  const names = readdirSync(source).filter((name) => existsSync(path.join(source, name, 'app.ts'))).sort();
  for (const name of names) {
    cpSync(path.join(source, name), path.join(app, name), { recursive: true });
    const file = path.join(app, name, 'app.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/from '\.\.\/\.\.\/src'/g, `from '${PACKAGE.name}'`));
  }
  await run([
    process.execPath, TSC, '--strict', '--target', 'es2022', '--module', 'node16', '--moduleResolution', 'node16', '--skipLibCheck',
    '--typeRoots', path.join(REPOSITORY, 'node_modules', '@types'), '--types', 'node', ...names.map((name) => path.join(name, 'app.ts')),
  ], { cwd: app });
  return names;
}

/** The compiled example as an ES module, with its files beside it. */
function esModuleOf(scratch, app) {
  const source = path.join(scratch, 'examples', 'lift-and-shift');
  cpSync(source, path.join(app, 'lift-and-shift'), { recursive: true });
  const text = readFileSync(path.join(source, 'app.ts'), 'utf8')
    .replace(/from '\.\.\/\.\.\/src'/g, `from '${PACKAGE.name}'`)
    .replaceAll('__dirname', 'import.meta.dirname');
  const file = path.join(app, 'lift-and-shift', 'app.mjs');
  // The example uses no syntax of TypeScript beyond what JavaScript has.
  writeFileSync(file, text);
  return file;
}

function synthesize(node, app, example, output) {
  return run([node, path.join(example, 'app.js')], { cwd: app, env: outdir(output) });
}

function outdir(directory) {
  return { CDK_OUTDIR: directory, CI: 'true' };
}

/** A version of Node.js, from npm. */
async function nodeProgram(scratch, version) {
  if (process.versions.node === version) {
    return process.execPath;
  }
  const name = `node-${process.platform}-${process.arch}`;
  const directory = path.join(REPOSITORY, 'node_modules', '.cache', `node-${version}`);
  const program = path.join(directory, 'node_modules', name, 'bin', 'node');
  if (!existsSync(program)) {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    await run(['npm', 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', directory, `${name}@${version}`], { attempts: 3 });
  }
  return program;
}
