/** What the rest of the library may use of this room. */
export * from './parse-template';
export * from './template-text';
export type { TemplateSyntaxError } from './tokens';
