import type { StructValue } from './decoded';
import type { ReportAt } from './references';
import type { TRANSLATED_INTEGRATIONS } from './schema/integrations';

/** What an integration needs and can get from `global`. */
interface Need {
  /** Fields of the integration that satisfy it. */
  readonly own: readonly string[];
  /** Fields of `global` that do. */
  readonly global: readonly string[];
  /** Whether Alertmanager has a default that only an explicit null in `global` takes away. */
  readonly hasDefault?: boolean;
}

const NEEDS: { readonly [type in keyof typeof TRANSLATED_INTEGRATIONS]?: readonly Need[] } = {
  email_configs: [
    { own: ['smarthost'], global: ['smtp_smarthost'] },
    { own: ['from'], global: ['smtp_from'] },
  ],
  slack_configs: [{
    own: ['api_url', 'api_url_file', 'app_token', 'app_token_file'],
    global: ['slack_api_url', 'slack_api_url_file', 'slack_app_token', 'slack_app_token_file'],
  }],
  pagerduty_configs: [{ own: ['url'], global: ['pagerduty_url'], hasDefault: true }],
};

/** Checks that every integration whose entries are read finds, in itself or in `global`, what it cannot work without. */
export function checkFallbacks(root: StructValue, report: ReportAt): void {
  if (root.isInvalid('global')) {
    return;
  }
  const global = root.struct('global');
  root.structs('receivers').forEach((receiver, receiverIndex) => {
    for (const [type, needs] of Object.entries(NEEDS)) {
      receiver?.structs(type).forEach((integration, index) => {
        for (const need of needs) {
          if (integration && !isSatisfied(need, integration, global)) {
            report(['receivers', receiverIndex, type, index], missing(type, need));
          }
        }
      });
    }
  });
}

function isSatisfied(need: Need, integration: StructValue, global: StructValue | undefined): boolean {
  const present = (fields: StructValue, name: string): boolean => fields.has(name) || fields.isInvalid(name);
  if (need.own.some((name) => present(integration, name))) {
    return true;
  }
  if (need.hasDefault) {
    return !need.global.some((name) => global?.isExplicitNull(name));
  }
  return global !== undefined && need.global.some((name) => present(global, name));
}

function missing(type: string, need: Need): { code: 'config-missing-field'; message: string; fix: string } {
  const own = need.own.map((name) => `"${name}"`).join(' or ');
  const global = need.global.map((name) => `"global.${name}"`).join(' or ');
  return {
    code: 'config-missing-field',
    message: need.hasDefault ? `${global} is null, and this entry of "${type}" has no ${own}` : `this entry of "${type}" has no ${own}, and there is no ${global}`,
    fix: `give ${own} a value here, or ${need.hasDefault ? `remove ${global}` : `${global} for all receivers`}`,
  };
}
