import { readFileSync } from 'fs';
import { join, resolve } from 'path';
import { ApiType, Callable, Documented, Parameter, Property, readAssembly } from './assembly';

/** What the packages of all languages and Construct Hub show. A member without documentation is a riddle in each of them. */
const REPOSITORY = resolve(__dirname, '..', '..');
const TYPES = Object.values(readAssembly().types);

const OPTIONAL_OF_STRUCTS = TYPES.filter(({ datatype }) => datatype).flatMap((type) => (
  (type.properties ?? []).filter(({ optional }) => optional).map((property) => ({ name: `${type.name}.${property.name}`, property }))));

test('every type and member has a summary', () => {
  const members = TYPES.flatMap((type) => [
    documented(type.name, type),
    ...(type.properties ?? []).map((property) => documented(`${type.name}.${property.name}`, property)),
    ...(type.methods ?? []).map((method) => documented(`${type.name}.${method.name}()`, method)),
    ...(type.members ?? []).map((member) => documented(`${type.name}.${member.name}`, member)),
  ]);

  expect(members.length).toBeGreaterThan(100);
  expect(members.filter(({ summary }) => summary.length < 10).map(({ name }) => name)).toEqual([]);
});

/** The same in every construct and in every metric of the AWS CDK. */
const KNOWN_PARAMETERS = ['scope', 'id', 'props'];

test('every parameter has a summary, unless the AWS CDK has the same one everywhere', () => {
  const parameters = TYPES.flatMap((type) => callables(type).flatMap((callable) => (callable.parameters ?? [])
    .map((parameter) => ({ where: `${type.name}.${callable.name ?? 'constructor'}(${parameter.name})`, parameter }))));

  expect(parameters.filter(({ parameter }) => !parameter.docs?.summary && !KNOWN_PARAMETERS.includes(parameter.name)).map(({ where }) => where))
    .toEqual([]);
});

test('every summary is one sentence that begins with a capital letter or code and ends with a full stop', () => {
  const summaries = TYPES.flatMap((type) => [type, ...(type.properties ?? []), ...(type.methods ?? []), ...(type.members ?? [])])
    .map(({ docs }) => docs?.summary ?? '');

  expect(summaries.filter((summary) => !/^[A-Z`{"'0-9][^\n]*[.:]$/.test(summary.replace(/\n/g, ' ')))).toEqual([]);
});

test('every optional property of a struct says in words what happens without it', () => {
  expect(OPTIONAL_OF_STRUCTS.length).toBeGreaterThan(50);
  const without = OPTIONAL_OF_STRUCTS.filter(({ property: { docs } }) => docs?.default === undefined || /^(?:-|undefined|null|-?\s*(?:undefined|see .*))?$/.test(docs.default));

  expect(without.map(({ name }) => name)).toEqual([]);
});

/** What a number counts, or its unit. Durations and enums bring their own. */
const QUANTITY = /\b(?:MiB|bytes|seconds|minutes?|hours?|days?|Maximum number of|from \d+ \([a-z]+\) to \d+ \([a-z]+\))/;

test('every number of a struct has a unit, or says what it counts', () => {
  const numbers = TYPES.filter(({ datatype }) => datatype).flatMap((type) => (type.properties ?? [])
    .filter(({ type: { primitive } }) => primitive === 'number').map((property) => ({ name: `${type.name}.${property.name}`, property })));

  expect(numbers.length).toBeGreaterThan(10);
  expect(numbers.filter(({ property }) => !QUANTITY.test(property.docs?.summary ?? '')).map(({ name }) => name)).toEqual([]);
});

test('every method that throws by itself says so, and no other does', () => {
  const differing = TYPES.filter(({ kind }) => kind === 'class').flatMap((type) => (type.methods ?? []).flatMap((method) => {
    const throwsError = /\bthrow new \w*Error\(/.test(sourceOf(method as Located));
    const says = method.docs?.custom?.throws !== undefined;
    return throwsError === says ? [] : [`${type.name}.${method.name}() ${throwsError ? 'throws without @throws' : 'has @throws, but does not throw'}`];
  }));

  expect(differing).toEqual([]);
});

test('what is refused at synthesis is said by the member that can be wrong', () => {
  const method = (type: string, name: string) => text(find(TYPES, type).methods?.find((candidate) => candidate.name === name));
  const property = (type: string, name: string) => text(find(TYPES, type).properties?.find((candidate) => candidate.name === name));

  expect(method('AlertManagerConfig', 'fromFile')).toMatch(/reported at synthesis/);
  expect(method('RuleGroups', 'fromFile')).toMatch(/reported at synthesis/);
  expect(method('PagerDutyRegion', 'endpoint')).toMatch(/fails synthesis/);
  expect(property('AmpPagerDutyAlertingProps', 'alarmActions')).toMatch(/Synthesis fails/);
});

interface Located {
  readonly locationInModule: { readonly filename: string; readonly line: number };
}

function documented(name: string, { docs }: Documented): { readonly name: string; readonly summary: string } {
  return { name, summary: docs?.summary ?? '' };
}

function callables({ initializer, methods = [] }: ApiType): readonly Callable[] {
  return [...(initializer ? [initializer] : []), ...methods];
}

function find(types: readonly ApiType[], name: string): ApiType {
  const type = types.find((candidate) => candidate.name === name);
  if (!type) throw new Error(`there is no public type ${name}`);
  return type;
}

function text(member: Property | Callable | Parameter | undefined): string {
  return `${member?.docs?.summary} ${member?.docs?.remarks ?? ''}`.replace(/\s+/g, ' ');
}

/** The method's own lines: from its declaration to the closing brace with the indentation of a member. */
function sourceOf({ locationInModule: { filename, line } }: Located): string {
  const lines = readFileSync(join(REPOSITORY, filename), 'utf8').split('\n').slice(line - 1);
  return lines.slice(0, lines.indexOf('  }') + 1).join('\n');
}
