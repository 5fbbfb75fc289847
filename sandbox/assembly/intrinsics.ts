import { attributeOf, NAME_PROPERTIES, namesOf, referenceOf, type NamedResource, type Place } from './physical-names';
import { AssemblyError, isObject, type JsonObject, type Template } from './template';

/** What `AWS::NoValue` stands for: the property or element is left out. */
const NO_VALUE = Symbol('AWS::NoValue');

type Resolved = string | number | boolean | null | undefined | typeof NO_VALUE | Resolved[] | { [name: string]: Resolved };

/**
 * Resolves the intrinsic functions of a template with placeholder names, ARNs, and URLs, as CloudFormation does with real ones.
 * Only what is asked for is resolved, so what the sandbox does not need cannot get in its way.
 */
export class TemplateResolver {
  private readonly functions: Readonly<Record<string, (argument: unknown, where: string) => Resolved>> = {
    'Ref': (argument, where) => this.ref(text(argument, where), where),
    'Fn::GetAtt': (argument, where) => this.getAtt(argument, where),
    'Fn::Join': (argument, where) => this.join(argument, where),
    'Fn::Sub': (argument, where) => this.sub(argument, where),
    'Fn::Select': (argument, where) => this.select(argument, where),
    'Fn::Split': (argument, where) => this.split(argument, where),
    'Fn::FindInMap': (argument, where) => this.findInMap(argument, where),
    'Fn::If': (argument, where) => this.choose(argument, where),
    'Fn::Base64': (argument, where) => Buffer.from(this.string(argument, where)).toString('base64'),
  };

  constructor(private readonly template: Template, private readonly place: Place) {}

  /** The value with every intrinsic function replaced. `where` names the place in errors. */
  public resolve(value: unknown, where: string): unknown {
    const resolved = this.value(value, where);
    return resolved === NO_VALUE ? undefined : resolved;
  }

  /** The value as a string; numbers and booleans are printed as CloudFormation prints them. */
  public string(value: unknown, where: string): string {
    const resolved = this.value(value, where);
    if (typeof resolved === 'string' || typeof resolved === 'number' || typeof resolved === 'boolean') {
      return String(resolved);
    }
    throw new AssemblyError(`${where}: expected text, found ${JSON.stringify(value)}`);
  }

  /** True when the resource exists in this stack: it is in the template and its condition holds. */
  public exists(logicalId: string): boolean {
    const resource = this.template.Resources?.[logicalId];
    return resource !== undefined && (resource.Condition === undefined || this.condition(resource.Condition, logicalId));
  }

  /** Name and ARN that the resource has here. */
  public names(logicalId: string): { readonly name: string; readonly arn: string } {
    return namesOf(this.resource(logicalId, logicalId), this.place);
  }

  private value(value: unknown, where: string): Resolved {
    if (Array.isArray(value)) {
      return value.map((item, index) => this.value(item, `${where}[${index}]`)).filter((item) => item !== NO_VALUE);
    }
    if (!isObject(value)) {
      return value as Resolved;
    }
    const [name, ...others] = Object.keys(value);
    if (others.length === 0 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'))) {
      const intrinsic = this.functions[name];
      if (!intrinsic) {
        throw new AssemblyError(`${where}: the sandbox does not understand ${name}; it understands ${Object.keys(this.functions).join(', ')}`);
      }
      return intrinsic(value[name], where);
    }
    return this.object(value, where);
  }

  private object(value: JsonObject, where: string): Resolved {
    const result: { [name: string]: Resolved } = {};
    for (const [name, item] of Object.entries(value)) {
      const resolved = this.value(item, `${where}.${name}`);
      if (resolved !== NO_VALUE) {
        result[name] = resolved;
      }
    }
    return result;
  }

  private ref(name: string, where: string): Resolved {
    if (name === 'AWS::NoValue') {
      return NO_VALUE;
    }
    if (name.startsWith('AWS::')) {
      return this.pseudoParameter(name, where);
    }
    const parameter = this.template.Parameters?.[name];
    if (parameter) {
      if (parameter.Default === undefined) {
        throw new AssemblyError(`${where}: the parameter ${name} has no default, and the sandbox has no value for it`);
      }
      return parameter.Default as Resolved;
    }
    return referenceOf(this.resource(name, where), this.place);
  }

  private pseudoParameter(name: string, where: string): string {
    const { partition, region, accountId, stackName } = this.place;
    const values: Readonly<Record<string, string>> = {
      'AWS::AccountId': accountId,
      'AWS::Partition': partition,
      'AWS::Region': region,
      'AWS::StackId': `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/00000000-0000-0000-0000-000000000000`,
      'AWS::StackName': stackName,
      'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    };
    const value = values[name];
    if (value === undefined) {
      throw new AssemblyError(`${where}: the sandbox does not know ${name}; it knows ${Object.keys(values).join(', ')}`);
    }
    return value;
  }

  private getAtt(argument: unknown, where: string): string {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : list(argument, where).map((item) => this.string(item, where));
    return attributeOf(this.resource(logicalId ?? '', where), attribute.join('.'), this.place);
  }

  private join(argument: unknown, where: string): string {
    const [separator, items] = list(argument, where, 2);
    const resolved = this.value(items, where);
    if (!Array.isArray(resolved)) {
      throw new AssemblyError(`${where}: Fn::Join needs a list, found ${JSON.stringify(items)}`);
    }
    return resolved.map((item) => this.string(item, where)).join(text(separator, where));
  }

  private sub(argument: unknown, where: string): string {
    const [pattern, variables] = typeof argument === 'string' ? [argument, {}] : list(argument, where, 2);
    const own = isObject(variables) ? variables : {};
    return text(pattern, where).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) {
        return `\${${name}}`;
      }
      if (name in own) {
        return this.string(own[name], where);
      }
      return name.includes('.') ? this.getAtt(name, where) : this.string({ Ref: name }, where);
    });
  }

  private select(argument: unknown, where: string): Resolved {
    const [index, items] = list(argument, where, 2);
    const resolved = this.value(items, where);
    const position = Number(this.string(index, where));
    if (!Array.isArray(resolved) || resolved[position] === undefined) {
      throw new AssemblyError(`${where}: Fn::Select finds nothing at ${position} of ${JSON.stringify(items)}`);
    }
    return resolved[position];
  }

  private split(argument: unknown, where: string): string[] {
    const [separator, joined] = list(argument, where, 2);
    return this.string(joined, where).split(text(separator, where));
  }

  private findInMap(argument: unknown, where: string): Resolved {
    const [mapping, first, second] = list(argument, where, 3).map((item) => this.string(item, where));
    const found = this.template.Mappings?.[mapping ?? '']?.[first ?? '']?.[second ?? ''];
    if (found === undefined) {
      throw new AssemblyError(`${where}: the mapping ${mapping} has no ${first}.${second}`);
    }
    return found as Resolved;
  }

  private choose(argument: unknown, where: string): Resolved {
    const [condition, yes, no] = list(argument, where, 3);
    return this.value(this.condition(text(condition, where), where) ? yes : no, where);
  }

  private condition(name: string, where: string): boolean {
    const expression = this.template.Conditions?.[name];
    if (expression === undefined) {
      throw new AssemblyError(`${where}: there is no condition ${name}`);
    }
    return this.evaluate(expression, where);
  }

  private evaluate(expression: unknown, where: string): boolean {
    if (isObject(expression)) {
      const [name] = Object.keys(expression);
      const argument = expression[name ?? ''];
      switch (name) {
        case 'Condition': return this.condition(text(argument, where), where);
        case 'Fn::Equals': {
          const [left, right] = list(argument, where, 2).map((item) => this.string(item, where));
          return left === right;
        }
        case 'Fn::Not': return !this.evaluate(list(argument, where, 1)[0], where);
        case 'Fn::And': return list(argument, where).every((item) => this.evaluate(item, where));
        case 'Fn::Or': return list(argument, where).some((item) => this.evaluate(item, where));
      }
    }
    throw new AssemblyError(`${where}: the sandbox does not understand the condition ${JSON.stringify(expression)}`);
  }

  private resource(logicalId: string, where: string): NamedResource {
    const resource = this.template.Resources?.[logicalId];
    if (!resource) {
      throw new AssemblyError(`${where}: there is no resource or parameter ${logicalId} in the template of ${this.place.stackName}`);
    }
    const nameProperty = NAME_PROPERTIES[resource.Type];
    const name = nameProperty === undefined ? undefined : resource.Properties?.[nameProperty];
    return {
      ...resource,
      logicalId,
      givenName: name === undefined ? undefined : this.string(name, `${logicalId}.${nameProperty}`),
      isFifo: String(resource.Properties?.FifoQueue ?? false) === 'true',
    };
  }
}

function text(value: unknown, where: string): string {
  if (typeof value !== 'string') {
    throw new AssemblyError(`${where}: expected text, found ${JSON.stringify(value)}`);
  }
  return value;
}

function list(value: unknown, where: string, length?: number): unknown[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) {
    throw new AssemblyError(`${where}: expected a list${length === undefined ? '' : ` of ${length}`}, found ${JSON.stringify(value)}`);
  }
  return value;
}
