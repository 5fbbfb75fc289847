/** A shape of a published AWS model, as tools/amp/extract-model.py writes it. */
export interface Shape {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly members?: { readonly [name: string]: Shape };
  readonly member?: Shape;
  /** Where a member of a request travels, if not in the body. */
  readonly location?: string;
  readonly locationName?: string;
}

/** A member that does not follow its shape. */
export interface ShapeViolation {
  readonly name: string;
  readonly message: string;
}

/** Every difference between a JSON value and its shape: types, lengths, patterns, enumerations, and members, at any depth. */
export function checkShape(value: unknown, shape: Shape, name = ''): ShapeViolation[] {
  switch (shape.type) {
    case 'structure': return checkStructure(value, shape, name);
    case 'list': return Array.isArray(value)
      ? [...checkLength(value.length, shape, name), ...value.flatMap((each, index) => checkShape(each, shape.member ?? { type: 'unknown' }, `${name}[${index}]`))]
      : [violation(name, 'is not a list', value)];
    case 'string': return typeof value === 'string' ? checkString(value, shape, name) : [violation(name, 'is not a string', value)];
    case 'blob': return isBase64(value)
      ? checkLength(Buffer.from(value, 'base64').length, shape, name)
      : [violation(name, 'is not base64', value)];
    case 'integer':
    case 'long': return Number.isInteger(value) ? checkLength(Number(value), shape, name) : [violation(name, 'is not an integer', value)];
    case 'timestamp': return typeof value === 'number' ? [] : [violation(name, 'is not a number of seconds', value)];
    default: return [{ name, message: `has the type ${shape.type}, which cannot be checked` }];
  }
}

function checkStructure(value: unknown, { members = {}, required = [] }: Shape, name: string): ShapeViolation[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [violation(name, 'is not an object', value)];
  }
  const within = (member: string): string => (name === '' ? member : `${name}.${member}`);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return [
    ...required.filter((member) => !entries.some(([present]) => present === member)).map((member) => ({ name: within(member), message: 'is missing' })),
    ...entries.flatMap(([member, each]) => (Object.hasOwn(members, member)
      ? checkShape(each, members[member], within(member))
      : [{ name: within(member), message: 'is not in the model' }])),
  ];
}

function checkString(value: string, shape: Shape, name: string): ShapeViolation[] {
  return [
    ...checkLength(value.length, shape, name),
    ...shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern})$`, 'u').test(value) ? [violation(name, `does not match ${shape.pattern}`, value)] : [],
    ...shape.enum !== undefined && !shape.enum.includes(value) ? [violation(name, `is not one of ${shape.enum.join(', ')}`, value)] : [],
  ];
}

function checkLength(length: number, { min = 0, max = Infinity }: Shape, name: string): ShapeViolation[] {
  return length < min || length > max ? [{ name, message: `${length} is not within ${min} and ${max}` }] : [];
}

function isBase64(value: unknown): value is string {
  return typeof value === 'string' && Buffer.from(value, 'base64').toString('base64') === value;
}

function violation(name: string, message: string, value: unknown): ShapeViolation {
  return { name, message: `${message}: ${JSON.stringify(value)?.slice(0, 100)}` };
}
