import { bool, listOfNonNull, ListSchema, listOf, mapOf, MapSchema, optionalText, Schema, struct, StructCheck, StructSchema, text } from './schema';
import { checkMatchers, checkRegexp } from '../../matchers/parse';
import type { ConfigPath } from '../../model';
import type { StructValue } from '../decoded';
import { checkClassicLabelName, checkLabelName } from '../names';
import { checkDuration, checkNonZeroDuration } from '../prometheus-duration';

/** `match`: labels and the values that they must have. */
export const EQUALITIES: MapSchema = mapOf(text(), checkClassicLabelName);

/** `match_re`: labels and the regular expressions that their values must match. */
export const EXPRESSIONS: MapSchema = { ...mapOf(optionalText(checkRegexp), checkClassicLabelName), nullValues: 'refused' };

/** `matchers`, in any of their syntaxes. */
export const MATCHERS: ListSchema = { ...listOf(text(checkMatchers)), appendOnMerge: true };

const groupByRules: StructCheck = (fields, report) => {
  const names = fields.texts('group_by') ?? [];
  const labels = names.filter((name) => name !== '...');
  if (labels.length < names.length && labels.length > 0) {
    report({
      code: 'config-invalid-group-by',
      message: '"group_by" has "..." (all labels) and other labels',
      fix: 'write "..." alone, or leave it out',
    }, 'group_by');
  }
  const seen = new Set<string>();
  const repeated = labels.filter((name) => seen.size === seen.add(name).size);
  for (const name of new Set(repeated)) {
    report({ code: 'config-invalid-group-by', message: `"group_by" has the label "${name}" twice`, fix: 'keep one of them' }, 'group_by');
  }
};

const ROUTE_FIELDS: { [name: string]: Schema } = {
  receiver: text(),
  group_by: listOf(text((name) => (name === '...' ? undefined : checkLabelName(name)))),
  match: EQUALITIES,
  match_re: EXPRESSIONS,
  matchers: MATCHERS,
  mute_time_intervals: listOf(text()),
  active_time_intervals: listOf(text()),
  continue: bool(),
  group_wait: optionalText(checkDuration),
  group_interval: optionalText(checkNonZeroDuration),
  repeat_interval: optionalText(checkNonZeroDuration),
  labels: mapOf(text(), checkLabelName),
};

/** A node of the routing tree. */
export const ROUTE: StructSchema = struct('a route', ROUTE_FIELDS, { check: groupByRules });
ROUTE_FIELDS.routes = listOfNonNull(ROUTE);

/** A rule under `inhibit_rules`. */
export const INHIBIT_RULE = struct('an inhibit rule', {
  name: text(),
  source_match: EQUALITIES,
  source_match_re: EXPRESSIONS,
  source_matchers: MATCHERS,
  target_match: EQUALITIES,
  target_match_re: EXPRESSIONS,
  target_matchers: MATCHERS,
  equal: listOf(text(checkLabelName)),
});

/** The routes of the tree with their paths, the root first. Empty entries are left out. */
export function* routesOf(root: StructValue, path: ConfigPath): Generator<{ route: StructValue; path: ConfigPath }> {
  yield { route: root, path };
  for (const [index, child] of root.structs('routes').entries()) {
    if (child) {
      yield* routesOf(child, [...path, 'routes', index]);
    }
  }
}
