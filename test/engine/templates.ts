import type { TemplateFile } from '../../src/alertmanager/model';
import { readConfig } from '../../src/alertmanager/read/read-config';
import { checkTemplates } from '../../src/alertmanager/templates/check-templates';
import type { Finding } from '../../src/findings/finding';

/** The findings of a text as the description of a page, without those on the age of functions. */
export function findingsOf(template: string, files: readonly TemplateFile[] = []): Finding[] {
  const config = { route: { receiver: 'r' }, receivers: [{ name: 'r', pagerduty_configs: [{ routing_key: '0'.repeat(32), description: template }] }] };
  return checkTemplates(readConfig(JSON.stringify(config), 'alertmanager.yml'), files)
    .filter(({ code }) => code !== 'template-feature-unverified' && code !== 'template-function-unavailable');
}
