/** What an attribute's value is, which decides how text in it is escaped. */
export type AttributeKind = 'plain' | 'url' | 'style' | 'script' | 'other';

/** A place in HTML, as Go's `html/template` distinguishes them. */
export interface HtmlContext {
  readonly state:
  | 'text'
  /** Inside of a tag, between attributes. */
  | 'tag' | 'attribute name' | 'after name' | 'before value' | 'value'
  | 'comment'
  /** In `title` and `textarea`, which have no elements. */
  | 'escapable text'
  /** In `script` and `style`. */
  | 'raw text';
  /** The element whose tag or content this is, if its content is no HTML. */
  readonly element?: 'script' | 'style' | 'title' | 'textarea';
  /** Whether the tag is that of a `meta` element, whose `content` can be an address. */
  readonly isMeta?: boolean;
  /** Of the present attribute. */
  readonly attribute?: AttributeKind;
  /** What ends the value; a space for one without quotes. */
  readonly delimiter?: '"' | "'" | ' ';
  /** How much of a URL stands in front. `unknown` where branches differ. */
  readonly urlPart?: 'path' | 'query' | 'unknown';
}

export const TEXT: HtmlContext = { state: 'text' };

/** Whether both are the same place. The key distinguishes templates that are called in different places. */
export function contextKey({ state, element, isMeta, attribute, delimiter, urlPart }: HtmlContext): string {
  return JSON.stringify([state, element ?? '', isMeta ?? false, attribute ?? '', delimiter ?? '', urlPart ?? '']);
}

/** The place after two branches; undefined where nobody can know it. */
export function joinContexts(a: HtmlContext, b: HtmlContext): HtmlContext | undefined {
  if (contextKey(a) === contextKey(b)) {
    return a;
  }
  return contextKey({ ...a, urlPart: 'unknown' }) === contextKey({ ...b, urlPart: 'unknown' }) ? { ...a, urlPart: 'unknown' } : undefined;
}

const URL_ATTRIBUTES: ReadonlySet<string> = new Set([
  'action', 'archive', 'background', 'cite', 'classid', 'codebase', 'data', 'formaction', 'href', 'icon', 'longdesc', 'manifest', 'poster', 'profile', 'src',
  'usemap', 'xmlns',
]);

/** Attributes in which text could do something else than be shown. */
const OTHER_ATTRIBUTES: ReadonlySet<string> = new Set(['srcset', 'imagesrcset', 'srcdoc']);

/** Attributes with a name that is known, and that only looks like one for an address. */
const PLAIN_ATTRIBUTES: ReadonlySet<string> = new Set(['srclang']);

/** What the value of an attribute is, by its name, as `html/template` decides it. */
export function attributeKind(attribute: string, { isMeta }: HtmlContext): AttributeKind {
  const lower = attribute.toLowerCase();
  if (isMeta === true && lower === 'content') {
    return 'other';
  }
  // A prefix does not change what the value is, except for declarations of namespaces.
  const [prefix, local] = lower.startsWith('data-') ? ['', lower.slice('data-'.length)] : splitNamespace(lower);
  const name = prefix === 'xmlns' ? prefix : local;
  if (URL_ATTRIBUTES.has(name)) {
    return 'url';
  }
  if (OTHER_ATTRIBUTES.has(name)) {
    return 'other';
  }
  if (name === 'style') {
    return 'style';
  }
  if (name.startsWith('on')) {
    return 'script';
  }
  return !PLAIN_ATTRIBUTES.has(name) && /src|uri|url/.test(name) ? 'url' : 'plain';
}

function splitNamespace(name: string): readonly [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}
