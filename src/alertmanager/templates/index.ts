/** What the rest of the library may use of this room. */
export { SNS_DEFAULTS } from './built-in-templates';
export { checkTemplates } from './check-templates';
export * from './parse-template';
export * from './receiver-printers';
export * from './template-files';
export * from './template-text';
export { snsTexts } from './templated-fields';
export type { TemplateSyntaxError } from './tokens';
