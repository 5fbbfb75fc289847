import { readdirSync, readFileSync } from 'fs';
import { join, posix, resolve } from 'path';
import * as definition from '../../src/contract/definition';
import * as environment from '../../src/contract/environment';
import * as message from '../../src/contract/message';
import * as metrics from '../../src/contract/metrics';

/**
 * The rules of the architecture that neither the compiler nor ESLint checks: shared names, and circles of types. ESLint checks the other
 * rules about imports, see .projenrc.ts.
 */
const REPOSITORY = resolve(__dirname, '..', '..');

test('src/contract/ imports no package', () => {
  const imports = sources('src/contract/').flatMap((file) => importsOf(file).filter((name) => !name.startsWith('.')));
  expect(imports).toEqual([]);
});

test.each(['src/', 'lambda/', 'sandbox/', 'bench/'])('the files of %s import each other in no circle, not even types', (folder) => {
  expect(circles(importGraph(folder))).toEqual([]);
});

test('a circle is found, and two ways to one file are not taken for one', () => {
  expect(circles(new Map([['a', ['b', 'c']], ['b', ['d']], ['c', ['d']], ['d', []]]))).toEqual([]);
  expect(circles(new Map([['a', ['b']], ['b', ['c']], ['c', ['b']]]))).toEqual(['b -> c -> b']);
});

/** Every shared name, as the code writes it: `ReceiveEnvironment.QUEUE_URL`. */
const SHARED_NAMES = [
  ...namesOf('ReceiveEnvironment', environment.ReceiveEnvironment),
  ...namesOf('DeliverEnvironment', environment.DeliverEnvironment),
  ...namesOf('CommonEnvironment', environment.CommonEnvironment),
  ...namesOf('DefinitionProperty', definition.DefinitionProperty),
  ...namesOf('ReceiveMetric', metrics.ReceiveMetric),
  ...namesOf('NotifyEnvironment', environment.NotifyEnvironment),
  ...namesOf('DeliverMetric', metrics.DeliverMetric),
  ...namesOf('NotifyMetric', metrics.NotifyMetric),
  ...namesOf('MessageAttributeName', message.MessageAttributeName),
  ...namesOf('SectionName', message.SectionName),
  ...namesOf('SectionKind', message.SectionKind),
  'METRICS_NAMESPACE',
  'METRICS_DIMENSION',
  'MESSAGE_FORMAT',
  'MESSAGE_END',
];

/** Names that only one program needs by nature; everything else must be used by both. */
const ONE_SIDED = new Set([
  // The decoder reads the marker from the first line and compares its beginning; the construct calls messageMarker().
  'MESSAGE_FORMAT',
]);

test.each(SHARED_NAMES)('%s is used by the construct and by the functions', (name) => {
  const users = ['src/', 'lambda/'].filter((folder) => sources(folder)
    .filter((file) => !file.startsWith('src/contract/'))
    .some((file) => used(name).test(read(file))));

  expect(users).toEqual(ONE_SIDED.has(name) ? ['lambda/'] : ['src/', 'lambda/']);
});

test('the values of shared names are written nowhere else', () => {
  const values = [
    ...Object.values(metrics.ReceiveMetric), ...Object.values(metrics.DeliverMetric), metrics.METRICS_NAMESPACE,
    ...Object.values(message.MessageAttributeName).filter((value) => value.includes('_')),
    ...Object.values(environment.DeliverEnvironment), ...Object.values(environment.ReceiveEnvironment),
  ];
  const written = [...sources('src/'), ...sources('lambda/')]
    .filter((file) => !file.startsWith('src/contract/'))
    // An alarm is named after its metric, and jsii takes literals as members of an enum only.
    .filter((file) => file !== 'src/monitoring/alarm-name.ts')
    .flatMap((file) => values.filter((value) => new RegExp(`['"\`]${value}['"\`]`).test(code(file))).map((value) => `${file}: '${value}'`));

  expect(written).toEqual([]);
});

/** The name itself, or all values of its constant at once. */
function used(name: string): RegExp {
  const constant = name.split('.')[0];
  return new RegExp(`\\b${name.replace('.', '\\.')}\\b|\\bObject\\.values\\(${constant}\\)`);
}

function namesOf(constant: string, values: object): string[] {
  return Object.keys(values).map((key) => `${constant}.${key}`);
}

function sources(folder: string): string[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true })
    .map((name) => `${folder}${name}`)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .sort();
}

function read(file: string): string {
  return readFileSync(join(REPOSITORY, file), 'utf8');
}

/** The file without its comments: documentation may well name an environment variable. */
function code(file: string): string {
  return read(file).replace(/\/\*[^]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

function importsOf(file: string): string[] {
  return [...read(file).matchAll(/(?:from|import|require\()\s*'([^']+)'/g)].map((match) => match[1]);
}

/** The imports between the files of a folder, with those of types, which ESLint's rule about circles leaves out. */
function importGraph(folder: string): Map<string, string[]> {
  const files = new Set(sources(folder));
  return new Map([...files].map((file) => [file, [...read(file).matchAll(/^(?:import|export)\b[^;]*?\bfrom '(\.[^']*)'/gm)]
    .map(([, name]) => posix.join(posix.dirname(file), name))
    .flatMap((path) => [`${path}.ts`, `${path}/index.ts`].filter((candidate) => files.has(candidate)))]));
}

/** Each circle once, as the path that closes it. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    if (!done.has(file)) {
      graph.get(file)?.forEach((next) => visit(next, [...path, file]));
      done.add(file);
    }
  };
  [...graph.keys()].forEach((file) => visit(file, []));
  return found;
}
