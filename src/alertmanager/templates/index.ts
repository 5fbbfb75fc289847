/**
 * What the translation uses of this module. What reads and checks template files is imported from `check-templates` and
 * `template-files` themselves: an app without a configuration of its own does not load it.
 */
export { EMAIL_DEFAULTS, SNS_DEFAULTS } from './built-in-templates';
export { listedAlerts } from './default-details';
export { parseTemplate } from '../../go/template/parse-template';
export type { FieldUse, ParsedTemplate } from '../../go/template/parsed-template';
export { printsNotification } from './prints-notification';
export { templatesUsingReceiver, usesReceiver } from './templates-using-receiver';
export { endsWithTrim, escapeForTemplate, isStatic, singleAction, startsWithTrim } from './template-text';
export { SLACK_COLOR_TEMPLATE, slackFields, withSlackDefaults } from './slack-fields';
export { snsTexts } from './templated-fields';
export type { TemplateSyntaxError } from '../../go/template/tokens';
