import type { TranslatedEmail } from './emails';
import type { HtmlTemplates } from './html-template';
import { TransportContext, transportSnsConfig } from './transport-config';
import { TransportSectionName } from '../../../contract/message';
import { Transport } from '../../../contract/queued-notification';
import { HtmlProblem } from '../../../go/html/transition';
import type { EmailConfig } from '../../model';
import { Section, textSection } from '../section';
import type { YamlMap } from '../yaml-writer';

/**
 * The `sns_config` that stands for one `email_config`: a message with what each of its templates prints. The HTML comes last, because it
 * is the longest: of a message that is too long for Amazon SNS, its end is missing.
 */
export function emailSnsConfig(
  config: EmailConfig, { entry, settings, texts }: TranslatedEmail, templateName: string, html: HtmlTemplates, context: TransportContext,
): YamlMap {
  const section = (name: string | number, text: string): Section => textSection([TransportSectionName.EMAIL, name], text);
  const escaped = texts.html === undefined ? undefined : html.translate(texts.html, templateName);
  return transportSnsConfig({
    transport: Transport.EMAIL,
    entry,
    settings,
    sendResolved: config.send_resolved ?? false,
    sections: [
      section('from', texts.from),
      section('to', texts.to),
      ...texts.headers.map((text, index) => section(index, text)),
      ...(texts.text === undefined ? [] : [section('text', texts.text)]),
      ...(escaped === undefined || escaped instanceof HtmlProblem ? [] : [section('html', escaped.text)]),
    ],
    templateName,
  }, context);
}
