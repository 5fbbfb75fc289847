import type { Node } from 'yaml';
import { checkDuration, checkLabels, checkRule, refuseUnknownFields, RuleIdentity } from './check-rule';
import type { RuleFileContext } from './rule-file-context';
import { formatDuration } from '../prometheus/duration';
import { excerpt, Field } from '../yaml/field-reader';

const GROUP_FIELDS = ['name', 'interval', 'query_offset', 'limit', 'labels', 'rules'];

/** Thanos Ruler's; the Kubernetes resource has it, and Prometheus itself refuses it. */
export const THANOS_FIELD = 'partial_response_strategy';

/** Prometheus has them, AMP's documentation does not mention them. */
const UNVERIFIED_FIELDS: { readonly [name: string]: string } = {
  limit: 'AMP might refuse it, or evaluate the group without the limit',
  labels: 'AMP might refuse it, or drop the labels, which routes might need: write them at the rules themselves',
};

export interface GroupsContext extends RuleFileContext {
  /** Whether the groups come from the Kubernetes resource, which can have Thanos Ruler's field. */
  readonly kubernetes: boolean;
  /** AMP evaluates nothing more often. */
  readonly shortestIntervalMilliseconds: number;
}

/** What a file must know of a group. */
interface ParsedGroup {
  readonly name: string;
  readonly nameOffset: number | undefined;
  readonly rules: readonly RuleIdentity[];
}

/** What `groups:` has. */
export interface CheckedGroups {
  /** The number of rules. */
  readonly rules: number;
  /** The number of groups with rules. */
  readonly groups: number;
  /** Whether AMP's engine takes the groups as they are written: no group is without rules, no expression begins with an empty line. */
  readonly isStorable: boolean;
}

/** Checks the value of `groups:`. */
export function checkGroups(context: GroupsContext, groups: Node | undefined, path: string): CheckedGroups {
  const checker = new GroupChecker(context);
  const readings = (context.values.items(groups, path) ?? []).map((node, index) => checker.check(node, `${path}[${index}]`));
  const rules = readings.reduce((sum, reading) => sum + reading.rules.length, 0);
  refuseSameNames(context, readings);
  const without = readings.filter((reading) => reading.rules.length === 0);
  const empty = rules > 0 ? without : [];
  warnOfEmptyGroups(context, empty);
  warnOfDuplicates(context, new Set(readings.map((reading) => reading.rules)));
  const beginsWithSpace = readings.some((reading) => reading.rules.some((rule) => rule.beginsWithSpace));
  return { rules, groups: readings.length - without.length, isStorable: empty.length === 0 && !beginsWithSpace };
}

/** Behind aliases the same group, list or rule can stand in many places: each is checked once. */
class GroupChecker {
  private readonly groups = new Map<Node, ParsedGroup>();
  private readonly lists = new Map<Node | undefined, readonly RuleIdentity[]>();

  public constructor(private readonly context: GroupsContext) {}

  public check(node: Node, path: string): ParsedGroup {
    const group = this.context.values.resolve(node) ?? node;
    const reading = this.groups.get(group) ?? this.checkGroup(node, path);
    this.groups.set(group, reading);
    return { ...reading, nameOffset: reading.nameOffset ?? node.range?.[0] };
  }

  private checkGroup(node: Node, path: string): ParsedGroup {
    const { values, kubernetes } = this.context;
    const fields = values.fields(node, path) ?? [];
    const byName = new Map(fields.map((field) => [field.name, field]));
    refuseUnknownFields(values, fields, kubernetes ? [...GROUP_FIELDS, THANOS_FIELD] : GROUP_FIELDS, path);
    const named = byName.get('name');
    const name = values.text(named?.value, `${path}.name`);
    if (!name) {
      values.reporter.error({ offset: named?.key.range?.[0] ?? node.range?.[0], path }, { code: 'rule-missing-field', message: 'group has no name', fix: 'name the group: name: node' });
    }
    checkInterval(this.context, name, byName.get('interval')?.value, `${path}.interval`);
    checkDuration(values, byName.get('query_offset')?.value, `${path}.query_offset`);
    values.checkInteger(byName.get('limit')?.value, `${path}.limit`);
    checkLabels(values, byName.get('labels')?.value, `${path}.labels`);
    warnOfFields(this.context, name, byName, path);
    return { name: name ?? '', nameOffset: named?.value?.range?.[0], rules: this.checkRules(byName.get('rules')?.value, `${path}.rules`) };
  }

  private checkRules(node: Node | undefined, path: string): readonly RuleIdentity[] {
    const list = this.context.values.resolve(node);
    const known = this.lists.get(list);
    if (known) {
      return known;
    }
    const checked = new Map<Node, RuleIdentity | undefined>();
    const rules = (this.context.values.items(node, path) ?? []).map((item, index) => {
      const rule = this.context.values.resolve(item) ?? item;
      const identity = checked.has(rule) ? checked.get(rule) : checkRule(this.context, item, `${path}[${index}]`);
      checked.set(rule, identity);
      return identity;
    }).filter((rule) => rule !== undefined);
    this.lists.set(list, rules);
    return rules;
  }
}

function checkInterval(
  { values, shortestIntervalMilliseconds: shortest }: GroupsContext, group: string | undefined, node: Node | undefined, path: string,
): void {
  const interval = checkDuration(values, node, path);
  // 0 is what Prometheus takes for absent.
  if (interval !== undefined && interval > 0 && interval < shortest) {
    values.reporter.warning({ offset: node?.range?.[0], path }, {
      code: 'rule-interval-too-short',
      message: `interval ${values.text(node, path)} is shorter than AMP's minimum of ${formatDuration(shortest)}`,
      fix: `write ${formatDuration(shortest)} or more, or have AWS change the quota and set the prop quotas: { minimumRuleInterval: … }`,
      subject: group,
    });
  }
}

function warnOfFields({ values }: GroupsContext, group: string | undefined, fields: ReadonlyMap<string, Field>, path: string): void {
  for (const [name, consequence] of Object.entries(UNVERIFIED_FIELDS)) {
    const field = fields.get(name);
    if (field && !values.isNull(field.value)) {
      values.reporter.warning({ offset: field.key.range?.[0], path }, {
        code: 'rule-unverified-field', message: `AMP does not say whether it supports ${name} of a group`, fix: consequence, subject: group,
      });
    }
  }
  const thanos = fields.get(THANOS_FIELD);
  if (thanos && !values.isNull(thanos.value)) {
    values.reporter.warning({ offset: thanos.key.range?.[0], path }, {
      code: 'rule-dropped-field', message: `${THANOS_FIELD} is for Thanos Ruler only and is left out`, fix: 'remove it, or acknowledge the warning', subject: group,
    });
  }
}

/** The ruler refuses such a group. When no group has rules, that is reported for the file. */
function warnOfEmptyGroups({ values }: GroupsContext, groups: readonly ParsedGroup[]): void {
  for (const { name, nameOffset } of groups) {
    values.reporter.warning({ offset: nameOffset }, {
      code: 'rule-group-empty',
      message: `group ${excerpt(name)} has no rules and is left out`,
      fix: 'add rules, or remove the group',
      subject: name,
    });
  }
}

function refuseSameNames({ values }: GroupsContext, groups: readonly ParsedGroup[]): void {
  const names = new Set<string>();
  for (const { name, nameOffset } of groups) {
    if (name !== '' && names.has(name)) {
      values.reporter.error({ offset: nameOffset }, { code: 'rule-duplicate-group', message: `group ${excerpt(name)} is there twice`, fix: 'rename one of the two' });
    }
    names.add(name);
  }
}

function warnOfDuplicates({ values }: GroupsContext, lists: Iterable<readonly RuleIdentity[]>): void {
  const seen = new Set<string>();
  for (const rules of lists) {
    for (const { name, labels, offset } of rules) {
      const identity = JSON.stringify([name, [...labels].sort(([a], [b]) => (a < b ? -1 : 1))]);
      if (name !== '' && seen.has(identity)) {
        values.reporter.warning({ offset: offset }, {
          code: 'rule-duplicate',
          message: `rule ${excerpt(name)} with the same labels is there twice`,
          fix: 'remove one of them, or distinguish them by a label',
          subject: name,
        });
      }
      seen.add(identity);
    }
  }
}
