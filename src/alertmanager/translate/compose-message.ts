import { definesTemplates } from './field-definitions';
import type { OwnTemplates } from './own-templates';
import { Section, sectionLine } from './section';
import { MESSAGE_END } from '../../contract/message';

/** What a message is composed of, in this order. */
export interface MessageParts {
  /** The head, without the marker. */
  readonly head: string;
  /** Short sections that stand in the message itself, because no other entry has the same. */
  readonly own?: readonly Section[];
  /**
   * The other sections, short ones first: a message that is too long for Amazon SNS loses its end. They become a template, which
   * all copies of the receiver share.
   */
  readonly sections: readonly Section[];
  /** The name of that template, for example `pager.0`. */
  readonly templateName: string;
}

/**
 * The Go template of a message in the format of `src/contract/message.ts`. A section that defines templates itself cannot be part of
 * a template and stays in the message.
 */
export function composeMessage({ head, own = [], sections, templateName }: MessageParts, marker: string, templates: OwnTemplates): string {
  const write = (each: Section): string => `${marker} ${sectionLine(each)}\n${each.content}`;
  const isInline = (each: Section): boolean => definesTemplates(each.content);
  const inline = sections.filter(isInline).map(write);
  const end = `${marker} ${MESSAGE_END}`;
  const shared = (): string => [...sections.filter((each) => !isInline(each)).map(write), ...(inline.length === 0 ? [end] : [])].join('\n');
  return [
    `${marker} ${head}`,
    ...own.map(write),
    templates.define(templateName, shared),
    ...(inline.length === 0 ? [] : [...inline, end]),
  ].join('\n');
}
