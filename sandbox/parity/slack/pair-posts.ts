import { comparePosts } from './compare-posts';
import { parseBody, type SlackPost } from '../../receivers/slack-message';
import type { StepContext } from '../integration';
import type { ComparedPair } from '../pair';

/** The list that these messages are of. */
export const SLACK_CONFIGS = 'slack_configs';

/**
 * Puts the messages of a step together. A message does not say which group it is about, so of those to one place with one token,
 * equal ones belong together first; of the others, those that differ least.
 */
export function pairPosts({ step }: StepContext, native: readonly SlackPost[], relayed: readonly SlackPost[]): ComparedPair[] {
  const left = [...native];
  const right = [...relayed];
  const pairs: ComparedPair[] = [];
  for (const [index, one] of [...left.entries()].reverse()) {
    const equal = right.findIndex((other) => isToTheSame(one, other) && comparePosts(one, other).length === 0);
    if (equal >= 0) {
      pairs.unshift(pairOf(step, one, right[equal]));
      left.splice(index, 1);
      right.splice(equal, 1);
    }
  }
  for (const one of left) {
    const candidates = right.filter((other) => isToTheSame(one, other));
    const [closest] = candidates.map((other) => ({ other, count: comparePosts(one, other).length })).sort((a, b) => a.count - b.count);
    pairs.push(pairOf(step, one, closest?.other));
    if (closest !== undefined) {
      right.splice(right.indexOf(closest.other), 1);
    }
  }
  return [...pairs, ...right.map((other) => pairOf(step, undefined, other))];
}

function isToTheSame(one: SlackPost, other: SlackPost): boolean {
  return one.target === other.target && one.authorization === other.authorization;
}

function pairOf(step: number, native: SlackPost | undefined, relayed: SlackPost | undefined): ComparedPair {
  const differences = comparePosts(native, relayed);
  return {
    step,
    integration: SLACK_CONFIGS,
    receiver: (native ?? relayed)?.target.replace(/\/slack\/\d+$/, ''),
    native: contentOf(native),
    relayed: contentOf(relayed),
    equal: differences.length === 0,
    differences,
    ...(relayed?.error !== undefined && native?.error === undefined && { refused: [relayed.error] }),
  };
}

/** The message as it is printed. URL and token are secrets. */
function contentOf(post: SlackPost | undefined): unknown {
  return post === undefined ? null : parseBody(post) ?? post.body;
}
