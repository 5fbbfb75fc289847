import { attributeKind, HtmlContext, TEXT } from './context';

/** Literal text of a template as the mail has it, and the place behind it. */
export interface Transition {
  readonly text: string;
  readonly context: HtmlContext;
}

/** HTML that nobody can read with certainty. */
export class HtmlProblem extends Error {
  /** @param fix what to do, as a sentence without a full stop. */
  constructor(message: string, readonly fix: string) {
    super(message);
  }
}

/** A call of a template that is defined nowhere. Nobody knows where in the HTML it would end. */
export class UndefinedTemplate extends HtmlProblem {
  constructor(public readonly template: string) {
    super(`the template ${JSON.stringify(template)} is not defined`, 'define it in a file that is listed under templates:');
  }
}

/** A part of the text, from its start on, and the place behind it. */
interface Step {
  readonly length: number;
  readonly text: string;
  readonly context: HtmlContext;
}

/**
 * Follows literal text, as Go's `html/template` does: comments are left out, and a `<` that starts no tag is written as `&lt;`.
 *
 * @throws HtmlProblem where a tag is not valid.
 */
export function followText(text: string, start: HtmlContext): Transition {
  let context = start;
  let written = '';
  for (let position = 0; position < text.length;) {
    const step = STEPS[context.state](text.slice(position), context);
    written += step.text;
    position += step.length;
    context = step.context;
  }
  return { text: written, context };
}

const STEPS: { readonly [state in HtmlContext['state']]: (rest: string, context: HtmlContext) => Step } = {
  'text': followContent,
  'tag': followTag,
  'attribute name': followAttributeName,
  'after name': followAfterName,
  'before value': followBeforeValue,
  'value': followValue,
  'comment': followComment,
  'escapable text': followSpecialElement,
  'raw text': followSpecialElement,
};

const COMMENT_START = '<!--';
const COMMENT_END = '-->';
const TAG_START = /^<(\/?)([a-z][a-z\d]*(?:[:-][a-z\d]+)*)/i;

function followContent(rest: string, context: HtmlContext): Step {
  const start = rest.search(/<(?:!--|\/?[a-z])/i);
  if (start !== 0) {
    const length = start < 0 ? rest.length : start;
    return { length, text: escapeStray(rest.slice(0, length)), context };
  }
  if (rest.startsWith(COMMENT_START)) {
    return { length: COMMENT_START.length, text: '', context: { state: 'comment' } };
  }
  const [tag, slash, name] = TAG_START.exec(rest) ?? [rest, '', ''];
  const element = slash === '' ? specialElement(name) : undefined;
  const isMeta = slash === '' && name.toLowerCase() === 'meta';
  return { length: tag.length, text: tag, context: { state: 'tag', ...(element && { element }), ...(isMeta && { isMeta }) } };
}

/** A `<` that starts neither a tag nor a document type. */
function escapeStray(text: string): string {
  return text.replace(/<(?!!doctype)/gi, '&lt;');
}

function specialElement(name: string): HtmlContext['element'] {
  return (['script', 'style', 'title', 'textarea'] as const).find((special) => special === name.toLowerCase());
}

function followTag(rest: string, context: HtmlContext): Step {
  const space = spaceAt(rest);
  if (space.length > 0) {
    return { length: space.length, text: space, context };
  }
  if (rest.startsWith('>')) {
    return { length: 1, text: '>', context: contentOf(context) };
  }
  const name = attributeNameAt(rest);
  if (name === '') {
    throw new HtmlProblem(`a tag has ${JSON.stringify(rest.slice(0, 20))} where an attribute should be`, 'correct the tag');
  }
  const isWhole = name.length < rest.length;
  const { element, isMeta } = context;
  return {
    length: name.length,
    text: name,
    context: { state: isWhole ? 'after name' : 'attribute name', ...(element && { element }), ...(isMeta && { isMeta }), attribute: attributeKind(name, context) },
  };
}

function contentOf({ element }: HtmlContext): HtmlContext {
  switch (element) {
    case undefined: return TEXT;
    case 'title':
    case 'textarea': return { state: 'escapable text', element };
    default: return { state: 'raw text', element };
  }
}

function followAttributeName(rest: string, context: HtmlContext): Step {
  const name = attributeNameAt(rest);
  return { length: name.length, text: name, context: name.length < rest.length ? { ...context, state: 'after name' } : context };
}

function followAfterName(rest: string, context: HtmlContext): Step {
  const space = spaceAt(rest);
  if (space.length > 0) {
    return { length: space.length, text: space, context };
  }
  const { attribute, ...tag } = context;
  return rest.startsWith('=')
    ? { length: 1, text: '=', context: { ...tag, attribute, state: 'before value' } }
    : { length: 0, text: '', context: { ...tag, state: 'tag' } };
}

function followBeforeValue(rest: string, context: HtmlContext): Step {
  const space = spaceAt(rest);
  if (space.length > 0) {
    return { length: space.length, text: space, context };
  }
  const [first] = rest;
  return first === '"' || first === "'"
    ? { length: 1, text: first, context: { ...context, state: 'value', delimiter: first } }
    : { length: 0, text: '', context: { ...context, state: 'value', delimiter: ' ' } };
}

function followValue(rest: string, context: HtmlContext): Step {
  const { delimiter, element, isMeta } = context;
  const end = delimiter === ' ' ? rest.search(/[ \t\n\f\r>]/) : rest.indexOf(delimiter ?? '"');
  const value = end < 0 ? rest : rest.slice(0, end);
  if (delimiter === ' ' && /["'<=`]/.test(value)) {
    throw new HtmlProblem(`the attribute value ${JSON.stringify(value.slice(0, 20))} has no quotes but characters that need them`, 'put it in quotes');
  }
  if (end >= 0) {
    const closing = delimiter === ' ' ? '' : rest[end];
    return {
      length: end + closing.length, text: value + closing, context: { state: 'tag', ...(element && { element }), ...(isMeta && { isMeta }) },
    };
  }
  return { length: rest.length, text: rest, context: { ...context, ...urlPartAfter(value, context) } };
}

function urlPartAfter(value: string, { attribute, urlPart }: HtmlContext): Pick<HtmlContext, 'urlPart'> {
  if (attribute !== 'url') {
    return {};
  }
  const decoded = value.replace(/&#x?[\da-f]+;?|&\w+;?/gi, (reference) => (/^&#(?:x0*(?:23|3f)|0*(?:35|63));?$/i.test(reference) ? '#' : 'x'));
  if (/[#?]/.test(decoded)) {
    return { urlPart: 'query' };
  }
  return decoded.trim() === '' || urlPart !== undefined ? {} : { urlPart: 'path' };
}

function followComment(rest: string, context: HtmlContext): Step {
  const end = rest.indexOf(COMMENT_END);
  return end < 0 ? { length: rest.length, text: '', context } : { length: end + COMMENT_END.length, text: '', context: TEXT };
}

/** The content of an element that has no elements, up to its end tag. */
function followSpecialElement(rest: string, context: HtmlContext): Step {
  const end = rest.search(new RegExp(`</${context.element ?? ''}[> \\t\\n\\f/]`, 'i'));
  const content = end < 0 ? rest : rest.slice(0, end);
  const text = context.element === 'style' ? withoutStyleComments(content) : context.element === 'script' ? content : escapeStray(content);
  return end === 0 ? { ...followContent(rest, TEXT) } : { length: content.length, text, context: end < 0 ? context : TEXT };
}

/** Comments of style sheets are left out; strings and addresses can look like them. */
function withoutStyleComments(text: string): string {
  return text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\)|(\/\*[^]*?\*\/)|(\/\/[^\n\f\r]*)/gi, (part, block?: string, line?: string) =>
    (block === undefined ? line === undefined ? part : '' : ' '));
}

function spaceAt(rest: string): string {
  return /^[ \t\n\f\r]*/.exec(rest)?.[0] ?? '';
}

function attributeNameAt(rest: string): string {
  const name = /^[^ \t\n\f\r=>]*/.exec(rest)?.[0] ?? '';
  if (/['"<]/.test(name)) {
    throw new HtmlProblem(`the attribute name ${JSON.stringify(name.slice(0, 20))} has a quote or "<" in it`, 'correct the tag');
  }
  return name;
}
