import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { localDefinition } from '../../amp/definition';
import { findProgram } from '../../processes/programs';
import { readGoYaml, type GoMap } from '../../yaml/go-yaml';

/** What AMP publishes for a notification. */
export interface RenderedNotification {
  readonly subject: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Renders the notification of a receiver for one incident. */
export type RenderNotification = (incident: string, status: 'firing' | 'resolved', summary: string) => RenderedNotification;

/** Debian's amtool has Alertmanager's own templates here; others have them inside, and find nothing more here. */
const OWN_TEMPLATES = '/usr/share/prometheus/alertmanager/*.tmpl';

/** Texts without a character that a template or its printing changes. */
const INCIDENT = 'xxincidentxx';
const SUMMARY = 'xxsummaryxx';

/** The notifications of a definition, of all receivers one after the other. */
export function notificationTemplates(definition: string, alerts = 1): RenderNotification[] {
  return receiverTemplates(definition, alerts).flat();
}

/**
 * The notifications of each receiver of a definition for a group of so many alerts, as Alertmanager's template engine renders them: those
 * of its entries in order, the one for PagerDuty first. It renders each template once, for placeholders: a run has thousands of
 * notifications.
 */
export function receiverTemplates(definition: string, alerts = 1): RenderNotification[][] {
  const { configuration, templateFiles } = localDefinition(definition, { publishUrl: 'http://127.0.0.1/', mailPort: 25 });
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'chaos-templates-'));
  try {
    templateFiles.forEach((text, name) => fs.writeFileSync(path.join(directory, name), text));
    return readGoYaml(configuration).maps('receivers').map((receiver) => {
      const name = receiver.text('name') ?? '';
      return receiver.maps('sns_configs').map((sns) => templatesOf({ directory, receiver: name, sns, alerts }));
    });
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

interface Template {
  readonly directory: string;
  readonly receiver: string;
  readonly sns: GoMap;
  readonly alerts: number;
}

function templatesOf(template: Template): RenderNotification {
  const rendered = { firing: renderWith(template, 'firing'), resolved: renderWith(template, 'resolved') };
  return (incident, status, summary) => {
    const fill = (text: string): string => text.split(INCIDENT).join(incident).split(SUMMARY).join(summary);
    const { subject, message, attributes } = rendered[status];
    return {
      subject: fill(subject),
      message: fill(message),
      attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, fill(value)])),
    };
  };
}

function renderWith({ directory, receiver, sns, alerts }: Template, status: 'firing' | 'resolved'): RenderedNotification {
  const data = path.join(directory, 'data.json');
  fs.writeFileSync(data, JSON.stringify(notificationData(receiver, status, alerts)));
  const render = (text: string): string => execFileSync(findProgram(['amtool']), [
    'template', 'render', `--template.glob=${OWN_TEMPLATES}`, `--template.glob=${directory}/*.tmpl`, `--template.data=${data}`, `--template.text=${text}`,
  ], { encoding: 'utf8' }).replace(/\n$/, '');
  const attributes = sns.map('attributes');
  return {
    subject: render(sns.text('subject') ?? ''),
    message: render(sns.text('message') ?? ''),
    attributes: Object.fromEntries([...attributes?.keys() ?? []].map((name) => [name, render(attributes?.text(name) ?? '')])),
  };
}

/** The data of Alertmanager's templates, for a group of so many alerts. */
function notificationData(receiver: string, status: string, alerts: number): object {
  const labels = { alertname: 'Chaos', incident: INCIDENT };
  const annotations = { summary: SUMMARY };
  return {
    receiver,
    status,
    alerts: Array.from({ length: alerts }, (_, index) => ({
      status,
      labels: { ...labels, instance: `host-${index}.example.com` },
      annotations,
      startsAt: '2026-03-01T10:00:00Z',
      endsAt: '2026-03-01T11:00:00Z',
      generatorURL: 'http://prometheus.example.com/',
      fingerprint: String(index),
    })),
    groupLabels: { incident: INCIDENT },
    commonLabels: labels,
    commonAnnotations: annotations,
    externalURL: 'http://alertmanager.example.com',
  };
}
