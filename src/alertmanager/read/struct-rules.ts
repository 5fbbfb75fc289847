import type { StructValue } from './decoded';
import type { StructSchema, Report } from './schema/schema';
import { nearMiss } from '../../findings/near-miss';

/** The rules that a struct's schema states about its fields together. Fields that could not be read are given the benefit of the doubt. */
export function checkStruct(fields: StructValue, schema: StructSchema, report: Report): void {
  for (const name of schema.required ?? []) {
    if (!fields.has(name) && !fields.isInvalid(name)) {
      report({ code: 'config-missing-field', message: `${schema.name} needs ${quote(name)}`, fix: `give ${quote(name)} a value` }, name);
    }
  }
  for (const group of schema.anyOf ?? []) {
    if (!group.some((name) => fields.has(name) || fields.isInvalid(name))) {
      const names = group.map(quote).join(', ');
      report({ code: 'config-missing-field', message: `${schema.name} needs one of ${names}`, fix: `give one of ${names} a value` });
    }
  }
  for (const group of schema.atMostOne ?? []) {
    const given = group.filter((name) => fields.has(name));
    if (given.length > 1) {
      const names = given.map(quote).join(' and ');
      report({ code: 'config-conflicting-fields', message: `${names} exclude each other`, fix: 'keep one of them' }, given[1]);
    }
  }
  schema.check?.(fields, report);
}

/** What to write instead of an unknown field. */
export function describeFields(name: string, schema: StructSchema): string {
  const names = Object.keys(schema.fields);
  const meant = nearMiss(name, names);
  if (meant !== undefined) {
    return `did you mean "${meant}"?`;
  }
  return names.length > 0 ? `remove it; known fields are ${names.join(', ')}` : 'remove it; there are no fields here';
}

function quote(name: string): string {
  return `"${name}"`;
}
