// The Go module, in place of the published one.
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { EXAMPLES_IN_ALL_LANGUAGES, outputOf, PACKAGE, REPOSITORY } from './scratch.mjs';
import { run } from './run.mjs';

const MODULE = `${PACKAGE.jsii.targets.go.moduleName}/cdkamppagerduty`;

export async function goModule(scratch, report) {
  const project = path.join(scratch, 'examples', 'go');
  mkdirSync(path.join(project, 'wrong'));
  cpSync(path.join(scratch, 'wrong', 'go', 'main.go'), path.join(project, 'wrong', 'main.go'));
  const go = (...args) => run(['go', ...args], { cwd: project, minutes: 20, attempts: 3 });
  await go('mod', 'edit', `-replace=${MODULE}=${path.join(REPOSITORY, 'dist', 'go', 'cdkamppagerduty')}`);
  await go('mod', 'tidy');
  await go('build', '-o', `${path.join(scratch, 'go')}${path.sep}`, './...');
  report('go build compiled the examples with the module');
  for (const example of EXAMPLES_IN_ALL_LANGUAGES) {
    await run([path.join(scratch, 'go', example)], { cwd: project, env: { CDK_OUTDIR: outputOf(scratch, 'go', example) } });
  }
  report(`${EXAMPLES_IN_ALL_LANGUAGES.length} examples synthesized`);
}

export async function wrongApp(scratch) {
  const { stdout, stderr } = await run([path.join(scratch, 'go', 'wrong')], {
    cwd: path.join(scratch, 'wrong'), env: { CDK_OUTDIR: path.join(scratch, 'wrong-go.out') }, expectFailure: true,
  });
  // Go indents the further lines of a panic by a tab.
  return (stdout + stderr).replace(/^\t/gm, '');
}
