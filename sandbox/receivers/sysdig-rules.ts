import { MAX_SYSDIG_SEVERITY } from '../../src/contract/sysdig';
import { isObject } from '../assembly/template';

/** An error as Sysdig's API lists it. */
export interface SysdigError {
  readonly reason: string;
  readonly message: string;
}

/** `label = "value"`, or with single quotes. There is no escape for a quote. */
const CLAUSE = /^[A-Za-z_][\w.:/-]*\s*=\s*(?:"[^"\p{Cc}]*"|'[^'\p{Cc}]*')/u;

const MEMBERS = new Set(['name', 'description', 'severity', 'scope', 'tags']);

/** What the API would not accept of a body, as far as the form of events is known. The wording is invented. */
export function errorsOfSysdigBody(body: unknown): SysdigError[] {
  const event = isObject(body) && Object.keys(body).length === 1 ? body.event : undefined;
  if (!isObject(event)) {
    return [invalid('the body has no member "event" that is an object, or has others')];
  }
  const { name, description, severity, scope, tags } = event;
  return [
    ...Object.keys(event).filter((member) => !MEMBERS.has(member)).map((member) => invalid(`unknown member "${member}"`)),
    ...(typeof name === 'string' && name !== '' ? [] : [invalid('name must be a text that is not empty')]),
    ...(description === undefined || typeof description === 'string' ? [] : [invalid('description must be a text')]),
    ...(severity === undefined || isSeverity(severity) ? [] : [invalid(`severity must be a whole number from 0 to ${MAX_SYSDIG_SEVERITY}`)]),
    ...(scope === undefined || (typeof scope === 'string' && isScope(scope)) ? [] : [invalid('scope is not a list of clauses that are joined by "and"')]),
    ...(tags === undefined || (isObject(tags) && Object.values(tags).every((tag) => typeof tag === 'string')) ? [] : [invalid('tags must be an object of texts')]),
  ];
}

function isSeverity(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_SYSDIG_SEVERITY;
}

/** Whether a text is a scope. */
export function isScope(text: string): boolean {
  const clause = CLAUSE.exec(text)?.[0];
  if (clause === undefined) {
    return false;
  }
  const rest = text.slice(clause.length);
  // The client of the article leaves a blank behind the last clause.
  return rest.trim() === '' || (/^\s+and\s/.test(rest) && isScope(rest.replace(/^\s+and\s+/, '')));
}

function invalid(message: string): SysdigError {
  return { reason: 'Invalid event', message };
}
