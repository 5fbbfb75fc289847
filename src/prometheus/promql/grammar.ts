import type { LRParser } from '@lezer/lr';

// The package has code for `require`, but types for `import` only: a plain import compiles in no CommonJS module.
const { parser } = require('@prometheus-io/lezer-promql') as { readonly parser: LRParser };

/** The grammar of PromQL that Prometheus' own editor uses. */
export const promqlGrammar = parser;
