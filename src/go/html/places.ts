import type { HtmlContext } from './context';
import { HtmlProblem } from './transition';
import type { Block } from '../template/blocks';
import type { Token } from '../template/tokens';

/** How a value is escaped: by the place that it stands in, or not at all. */
export type Place = 'text' | 'html' | 'url' | 'url path' | 'url query' | 'style';

/** An action as it prints its value, and how that is escaped. */
export interface PlacedValue {
  readonly pipeline: string;
  readonly place: Place;
}

/** Go's own escapers. `html/template` accepts them at the end of an action only, where it does not escape once more. */
const ESCAPERS: readonly string[] = ['html', 'urlquery'];

/** @throws HtmlProblem where text could do something else than be shown. */
export function placeOf({ source, tokens }: Extract<Block, { kind: 'action' }>, context: HtmlContext): PlacedValue {
  const commands = commandsIn(tokens);
  const names = commands.map(([first]) => (first?.kind === 'identifier' ? first.text : ''));
  const early = names.slice(0, -1).find((name) => ESCAPERS.includes(name));
  if (early !== undefined) {
    throw new HtmlProblem(`${early} stands in front of another function, which Alertmanager refuses in HTML`, `remove ${early}: values are escaped anyway`);
  }
  const last = names.at(-1) ?? '';
  const place = placeIn(context);
  const isPiped = commands.length > 1 && commands.at(-1)?.length === 1;
  if (last === 'html' && isPiped && place !== 'text') {
    // The value is escaped for this place instead.
    return { pipeline: source.slice(0, commands[commands.length - 1][0].offset - tokens[0].offset).replace(/\s*\|\s*$/, ''), place };
  }
  if (place === 'text' && (last === 'html' || (last === 'safeHtml' && context.state === 'text'))) {
    return { pipeline: source, place: 'html' };
  }
  return { pipeline: source, place: last === 'urlquery' && (place === 'url path' || place === 'url query') ? 'text' : place };
}

function commandsIn(tokens: readonly Token[]): Token[][] {
  const commands: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    depth += token.kind === '(' ? 1 : token.kind === ')' ? -1 : 0;
    if (token.kind === '|' && depth === 0) {
      commands.push([]);
    } else {
      commands[commands.length - 1].push(token);
    }
  }
  return commands;
}

function placeIn({ state, element, attribute, delimiter, urlPart }: HtmlContext): Place {
  if (state === 'text' || state === 'escapable text') {
    return 'text';
  }
  if (state === 'raw text') {
    throw new HtmlProblem(`a value is printed in a ${element ?? 'special'} element`, 'print it in the text, or choose between fixed texts by {{ if }}');
  }
  if (state !== 'value') {
    const where = state === 'before value' ? 'as an attribute value without quotes' : 'inside of a tag, where an attribute could be';
    throw new HtmlProblem(`a value is printed ${where}`, 'print it in a quoted attribute value, or in the text');
  }
  if (delimiter === ' ') {
    throw new HtmlProblem('a value is printed in an attribute value without quotes', 'put the attribute value in quotes');
  }
  switch (attribute) {
    case 'url':
      if (urlPart === 'unknown') {
        throw new HtmlProblem('a value is printed in an address whose beginning differs between branches', 'write the whole address in each branch');
      }
      return urlPart === undefined ? 'url' : urlPart === 'path' ? 'url path' : 'url query';
    case 'style': return 'style';
    case 'script': throw new HtmlProblem('a value is printed in an attribute that is a script', 'remove the attribute: mail programs ignore scripts');
    case 'other': throw new HtmlProblem('a value is printed in an attribute that is neither text nor one address', 'print it in the text');
    default: return 'text';
  }
}
