import type { WebhookCall } from '../../receivers/webhook-simulator';

/** The body of a call; undefined if it is not JSON. */
export function parseBody({ body }: WebhookCall): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Without the fields that Alertmanager added: the reason in 0.32, the labels of routes in 0.34. */
export function withoutNewerFields(body: string): string {
  return body
    .replace(/(?<=\]),"notification_reason":"[^"]*"(?=,"groupLabels":)/, '')
    .replace(/(?<=\}),"routeLabels":\{(?:"(?:\\.|[^"\\])*":"(?:\\.|[^"\\])*",?)*\}(?=,"externalURL":)/, '');
}

/** Go 1.22 spells two control characters in another way. A backslash in front of a backslash starts no escape. */
export function withOldEscapes(body: string): string {
  return body.replace(/\\([bf\\])/g, (all, letter: string) => ({ b: '\\u0008', f: '\\u000c' })[letter] ?? all);
}
