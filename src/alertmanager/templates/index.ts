/** What the rest of the library may use of this room. */
export { checkTemplates } from './check-templates';
export * from './parse-template';
export * from './template-files';
export * from './template-text';
export type { TemplateSyntaxError } from './tokens';
