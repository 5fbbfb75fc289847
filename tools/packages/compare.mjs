// What must be the same in every language: templates, asset hashes, and the findings of a wrong configuration.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The templates and the asset manifests of an assembly, by file name. */
export function readAssembly(directory) {
  const files = readdirSync(directory).filter((name) => /\.(template|assets)\.json$/.test(name)).sort();
  return new Map(files.map((name) => [name, readFileSync(path.join(directory, name), 'utf8')]));
}

/** Throws if two assemblies differ, with the first line that does. The manifests have the version of aws-cdk-lib in them. */
export function requireSameAssembly(expectedDirectory, actualDirectory, { templatesOnly = false, amongOthers = false } = {}) {
  const read = (directory) => new Map([...readAssembly(directory)].filter(([name]) => !templatesOnly || name.endsWith('.template.json')));
  const expected = read(expectedDirectory);
  const actual = new Map([...read(actualDirectory)].filter(([name]) => !amongOthers || expected.has(name)));
  if (expected.size === 0) {
    throw new Error(`${expectedDirectory} has no template`);
  }
  const names = [...expected.keys()].join(', ');
  if ([...actual.keys()].join(', ') !== names) {
    throw new Error(`${actualDirectory} has ${[...actual.keys()].join(', ') || 'no templates'} instead of ${names}`);
  }
  for (const [name, text] of expected) {
    if (actual.get(name) !== text) {
      throw new Error(`${path.join(actualDirectory, name)} differs from ${path.join(expectedDirectory, name)}:\n${firstDifference(text, actual.get(name))}`);
    }
  }
}

function firstDifference(expected, actual) {
  const [left, right] = [expected, actual].map((text) => text.split('\n'));
  const index = left.findIndex((line, number) => line !== right[number]);
  return `line ${index + 1}\n  expected ${left[index]?.slice(0, 400)}\n  actual   ${right[index]?.slice(0, 400)}`;
}

/** The lines of a report of findings, from its headline to its last link. */
export function findingsIn(output) {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const headline = lines.findIndex((line) => /\d+ errors? in the alerting configuration/.test(line));
  if (headline === -1) {
    throw new Error(`no findings in the output:\n${output.slice(0, 4000)}`);
  }
  const links = lines.map((line, index) => (/^\s+https:\S+\/docs\/findings\.md#/.test(line) ? index : -1));
  return lines.slice(headline + 1, Math.max(...links) + 1);
}

/** Throws unless the output has exactly these findings, each once, and nothing of the jsii kernel. */
export function requireFindingsOnce(expected, output, language) {
  const found = findingsIn(output);
  if (found.join('\n') !== expected.join('\n')) {
    throw new Error(`${language} shows other findings:\n${found.join('\n')}\ninstead of\n${expected.join('\n')}`);
  }
  const repeated = expected.filter((line) => output.split(line.trim()).length > 1 + expected.filter((other) => other.trim() === line.trim()).length);
  if (repeated.length > 0) {
    throw new Error(`${language} shows findings more than once:\n${output.slice(0, 6000)}`);
  }
  const kernel = output.split('\n').filter((line) => /^\s*at .*(?:jsii-runtime|jsii-kernel|lib[\\/]program\.js|Kernel)/.test(line));
  if (kernel.length > 0) {
    throw new Error(`${language} shows the stack of the jsii kernel:\n${kernel.join('\n')}`);
  }
}
