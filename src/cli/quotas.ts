import { Duration } from 'aws-cdk-lib';
import { UsageError } from './console';
import { AmpQuotas } from '../amp/amp-quotas';
import { DEFAULT_QUOTAS, Quotas, readQuotas } from '../amp/read-quotas';
import { parseDuration } from '../prometheus/duration';

const COUNTS = ['routes', 'inhibitRules', 'templates', 'rules'] as const;
const INTERVAL = 'minimumRuleInterval';

/** The quotas of options such as `routes=200` and `minimumRuleInterval=10s`, named as in the prop `quotas` of the construct. */
export function parseQuotas(options: readonly string[]): Quotas {
  if (options.length === 0) {
    return DEFAULT_QUOTAS;
  }
  const given = options.reduce<AmpQuotas>((quotas, option) => ({ ...quotas, ...parseQuota(option) }), {});
  const { quotas, findings: [wrong] } = readQuotas(given);
  if (wrong) {
    throw new UsageError(`--quota: ${wrong.message}; ${wrong.fix ?? ''}`);
  }
  return quotas;
}

function parseQuota(option: string): AmpQuotas {
  const [, name, value] = /^([A-Za-z]+)=(.+)$/.exec(option) ?? [];
  const count = COUNTS.find((known) => known === name);
  if (count !== undefined && /^[0-9]+$/.test(value)) {
    return { [count]: Number(value) };
  }
  const milliseconds = name === INTERVAL ? parseDuration(value) : undefined;
  if (milliseconds === undefined) {
    throw new UsageError(`--quota is NAME=NUMBER for ${COUNTS.join(', ')}, or ${INTERVAL}=DURATION such as 10s, not ${JSON.stringify(option)}`);
  }
  return { [INTERVAL]: Duration.millis(milliseconds) };
}
