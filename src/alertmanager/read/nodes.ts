import { isScalar, Node, Scalar } from 'yaml';
import { meaningOf, ScalarMeaning } from './go-scalar';

export function meaningOfNode(node: Scalar): ScalarMeaning {
  return meaningOf(node.source ?? '', node.type === 'PLAIN' || node.type === undefined, node.tag);
}

/** Whether Alertmanager takes the node as null without looking at what stands there: `null`, `~`, or nothing at all. */
export function isNull(node: Node | null | undefined): boolean {
  if (!node) {
    return true;
  }
  if (!isScalar(node)) {
    return false;
  }
  if (node.tag !== undefined && (node.tag !== '!' || node.source === '')) {
    return node.tag === 'tag:yaml.org,2002:null';
  }
  const plain = node.type === 'PLAIN' || node.type === undefined || node.tag === '!';
  return plain && ['', '~', 'null'].includes(node.source ?? '');
}
