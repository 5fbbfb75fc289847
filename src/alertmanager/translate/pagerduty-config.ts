import { definesTemplates } from './field-definitions';
import { messageTemplate, MessageContext, severityTemplate } from './message-template';
import { snsConfig, Topic } from './sns-config';
import { withUserReceiverName } from './user-receiver-name';
import type { YamlMap } from './yaml-writer';
import { MessageAttributeName } from '../../contract/message';
import type { PagerDutyConfig } from '../model';
import { escapeForTemplate, isStatic, singleAction } from '../templates';

/** The `sns_config` that stands for one `pagerduty_config`: a message with all that PagerDuty's event is made of. */
export function pagerDutySnsConfig(config: PagerDutyConfig, topic: Topic, context: MessageContext): YamlMap {
  return snsConfig({
    sendResolved: config.send_resolved ?? true,
    receiver: context.receiver,
    attributes: {
      [MessageAttributeName.SEVERITY]: severityAttribute(config, context),
      [MessageAttributeName.ROUTING_KEY]: escapeForTemplate(context.routingKey),
    },
    message: messageTemplate(config, context),
  }, topic, context.templates);
}

/** SNS refuses attributes without a value, AMP drops them: where the template can be asked, an empty severity is marked. */
const NO_SEVERITY = 'unknown';

function severityAttribute(config: PagerDutyConfig, { templateName, templates }: MessageContext): string {
  const template = severityTemplate(config);
  if (isStatic(template)) {
    return template;
  }
  const printed = withUserReceiverName(template);
  const pipeline = singleAction(printed);
  const attribute = pipeline === undefined ? printed : `{{ with ${pipeline} }}{{ . }}{{ else }}${NO_SEVERITY}{{ end }}`;
  return definesTemplates(attribute) ? attribute : templates.define(`${templateName}.severity`, () => attribute);
}
