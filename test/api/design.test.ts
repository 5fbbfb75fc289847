import { ApiType, Callable, readAssembly, typesIn } from './assembly';

/** The AWS CDK's design guidelines, as far as an assembly shows them, and what is public by accident. */
const PACKAGE = 'cdk-amp-pagerduty';
const TYPES = Object.values(readAssembly().types);
const CONSTRUCTS = TYPES.filter(({ kind, base, initializer }) => kind === 'class' && base === 'constructs.Construct' && initializer);

test('the constructs that users create take scope, id, and props named after them', () => {
  expect(CONSTRUCTS.map(({ name }) => name).sort()).toEqual(['AmpPagerDutyAlerting', 'AmpRules']);
  for (const { name, initializer } of CONSTRUCTS) {
    expect(initializer?.parameters?.map((parameter) => parameter.name)).toEqual(['scope', 'id', 'props']);
    expect(initializer?.parameters?.[2].type.fqn).toBe(`${PACKAGE}.${name}Props`);
  }
});

test('nothing is public that these constructs do not lead to', () => {
  const reached = new Set<string>();
  CONSTRUCTS.forEach(({ fqn }) => reach(fqn, reached));

  expect(TYPES.map(({ fqn }) => fqn).filter((fqn) => !reached.has(fqn))).toEqual([]);
});

test('no name is internal: none begins with an underscore, and no class is a base for our own use', () => {
  const names = TYPES.flatMap((type) => [type, ...(type.properties ?? []), ...(type.methods ?? [])]).map(({ name }) => name ?? '');

  expect(names.filter((name) => name.startsWith('_'))).toEqual([]);
  expect(TYPES.filter(({ kind, abstract }) => kind === 'class' && abstract).map(({ name }) => name)).toEqual([]);
});

test('interfaces with behavior begin with I or describe what the construct gives, and structs do not', () => {
  expect(TYPES.filter(({ kind, datatype, name }) => kind === 'interface' && datatype && /^I[A-Z]/.test(name)).map(({ name }) => name)).toEqual([]);
  const behavioral = TYPES.filter(({ kind, datatype }) => kind === 'interface' && !datatype).map(({ name }) => name);

  expect(behavioral.filter((name) => !/^I[A-Z]/.test(name))).toEqual([]);
});

test('everything that users get is read-only', () => {
  const writable = TYPES.flatMap((type) => (type.properties ?? []).filter(({ immutable }) => !immutable).map(({ name }) => `${type.name}.${name}`));

  expect(writable).toEqual([]);
});

test('members of enums are written in capitals', () => {
  const members = TYPES.filter(({ kind }) => kind === 'enum').flatMap((type) => (type.members ?? []).map(({ name }) => name));

  expect(members.length).toBeGreaterThan(10);
  expect(members.filter((name) => !/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(name))).toEqual([]);
});

/** The verbs of the AWS CDK for methods: what a method is called says what it returns. */
const RETURNS: readonly [RegExp, RegExp][] = [
  [/^metric[A-Z]/, /^aws-cdk-lib\.aws_cloudwatch\.Metric$/],
  [/^grant[A-Z]/, /^aws-cdk-lib\.aws_iam\.Grant$/],
  [/^from[A-Z]/, new RegExp(`^${PACKAGE}\\.`)],
];

test.each(RETURNS)('methods whose name matches %s return %s', (name, returned) => {
  const methods = TYPES.flatMap((type) => (type.methods ?? []).filter((method) => name.test(method.name ?? '')).map((method) => ({ type, method })));

  expect(methods.length).toBeGreaterThan(0);
  expect(methods.filter(({ method }) => !returned.test(method.returns?.type.fqn ?? '')).map(({ type, method }) => `${type.name}.${method.name}()`)).toEqual([]);
});

test('factories are static and return their own class', () => {
  const factories = TYPES.filter(({ kind, initializer }) => kind === 'class' && !initializer)
    .flatMap((type) => (type.methods ?? []).filter((method) => method.static).map((method) => ({ type, method })));

  expect(factories.length).toBeGreaterThan(5);
  expect(factories.filter(({ type, method }) => method.returns?.type.fqn !== type.fqn).map(({ type, method }) => `${type.name}.${method.name}()`)).toEqual([]);
});

/** Adds the types that a user meets from here on: in signatures, as properties, as bases. */
function reach(fqn: string, reached: Set<string>): void {
  const type: ApiType | undefined = TYPES.find((candidate) => candidate.fqn === fqn);
  if (!type || reached.has(fqn)) return;
  reached.add(fqn);
  const callables: Callable[] = [...(type.methods ?? []), ...(type.initializer ? [type.initializer] : [])];
  const references = [
    ...(type.properties ?? []).map((property) => property.type),
    ...callables.flatMap(({ parameters = [], returns }) => [...parameters.map((parameter) => parameter.type), ...(returns ? [returns.type] : [])]),
  ];
  [...references.flatMap(typesIn), ...(type.base ? [type.base] : []), ...(type.interfaces ?? [])].forEach((next) => reach(next, reached));
}
