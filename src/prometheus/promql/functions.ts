/** The types of PromQL values, in the words of Prometheus' own messages. */
export type ValueType = 'scalar' | 'instant vector' | 'range vector' | 'string';

export interface PromqlFunction {
  readonly parameters: readonly ValueType[];
  /** How many arguments must be given at least. */
  readonly required: number;
  /** How many can be given at most; the last parameter's type repeats. */
  readonly allowed: number;
  readonly returns: ValueType;
  /** Which versions have it, if not all do. */
  readonly only?: 'prometheus 2.43 or later' | 'prometheus 2';
  /** The version that made it available without a feature flag, where no released Cortex has that version. */
  readonly since?: 'Prometheus 3.16';
  /** Prometheus refuses it unless it is started with a feature flag, which AMP does not offer. */
  readonly experimental?: boolean;
}

type Extras = Pick<PromqlFunction, 'only' | 'since' | 'experimental'>;

const SHORT_TYPES = { s: 'scalar', v: 'instant vector', m: 'range vector', t: 'string' } as const;

/**
 * A function from a signature such as `vss->v`, a letter per parameter: s scalar, v instant vector, m range vector,
 * t string. `?` after the last one makes it optional, `*` lets it occur any number of times, none included.
 */
function signature(text: string, more: Extras = {}): PromqlFunction {
  const [, letters, repeat, result] = /^([svmt]*)([?*]?)->([svmt])$/.exec(text) ?? [];
  const parameters = [...letters].map((letter) => SHORT_TYPES[letter as keyof typeof SHORT_TYPES]);
  return {
    parameters,
    required: parameters.length - (repeat === '' ? 0 : 1),
    allowed: repeat === '*' ? Infinity : parameters.length,
    returns: SHORT_TYPES[result as keyof typeof SHORT_TYPES],
    ...more,
  };
}

function named(names: string, text: string, more?: Extras): Array<[string, PromqlFunction]> {
  return names.split(' ').map((name) => [name, signature(text, more)]);
}

/**
 * Every function of PromQL up to Prometheus 3.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/
 */
export const PROMQL_FUNCTIONS: ReadonlyMap<string, PromqlFunction> = new Map([
  ...named('abs absent ceil exp floor ln log10 log2 sgn sort sort_desc sqrt timestamp', 'v->v'),
  ...named('acos acosh asin asinh atan atanh cos cosh deg rad sin sinh tan tanh', 'v->v'),
  ...named('histogram_count histogram_sum', 'v->v'),
  ...named('histogram_avg histogram_stddev histogram_stdvar', 'v->v', { only: 'prometheus 2.43 or later' }),
  ...named('absent_over_time avg_over_time changes count_over_time delta deriv idelta increase irate last_over_time', 'm->v'),
  ...named('max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time', 'm->v'),
  ...named('first_over_time', 'm->v', { since: 'Prometheus 3.16' }),
  ...named('days_in_month day_of_month day_of_week day_of_year hour minute month year', 'v?->v'),
  ...named('clamp', 'vss->v'),
  ...named('clamp_max clamp_min', 'vs->v'),
  ...named('histogram_fraction', 'ssv->v'),
  ...named('histogram_quantile', 'sv->v'),
  ...named('holt_winters', 'mss->v', { only: 'prometheus 2' }),
  ...named('label_join', 'vttt*->v'),
  ...named('label_replace', 'vtttt->v'),
  ...named('pi time', '->s'),
  ...named('predict_linear', 'ms->v'),
  ...named('quantile_over_time', 'sm->v'),
  ...named('round', 'vs?->v'),
  ...named('scalar', 'v->s'),
  ...named('vector', 's->v'),
  ...named('double_exponential_smoothing', 'mss->v', { experimental: true }),
  ...named('end range start step', '->s', { experimental: true }),
  ...named('histogram_quantiles', 'vts*->v', { experimental: true }),
  ...named('info', 'vv?->v', { experimental: true }),
  ...named('mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time', 'm->v', { experimental: true }),
  ...named('max_of min_of', 'ss->s', { experimental: true }),
  ...named('sort_by_label sort_by_label_desc', 'vt*->v', { experimental: true }),
  ...named('start_timestamp', 'v->v', { experimental: true }),
]);

/** The aggregation operators, with the type of the parameter that some take before the vector. */
export const AGGREGATIONS: ReadonlyMap<string, { readonly parameter?: ValueType; readonly experimental?: boolean }> = new Map([
  ...['sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar'].map((name): [string, object] => [name, {}]),
  ...['topk', 'bottomk', 'quantile'].map((name): [string, { parameter: ValueType }] => [name, { parameter: 'scalar' }]),
  ['count_values', { parameter: 'string' as const }],
  ['limitk', { parameter: 'scalar' as const, experimental: true }],
  ['limit_ratio', { parameter: 'scalar' as const, experimental: true }],
]);

/** For messages: `a scalar`, `an instant vector`. */
export function withArticle(type: ValueType): string {
  return `${type === 'instant vector' ? 'an' : 'a'} ${type}`;
}
