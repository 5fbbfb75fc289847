import { isMap, isScalar, Node } from 'yaml';
import { Field, FieldReader } from '../yaml/field-reader';

/** A Kubernetes object in a rule file. */
export interface KubernetesObject {
  readonly kind: string;
  readonly isPrometheusRule: boolean;
  readonly name: string;
  readonly namespace: string;
  /** The value of `spec`. */
  readonly spec: Node | undefined;
  readonly node: Node;
  readonly path: string;
}

/** Of the Prometheus operator, and of the observability operator of Red Hat, which has the same schema. */
const RULE_API_GROUPS = ['monitoring.coreos.com/', 'monitoring.rhobs/'];

/** How deep lists can nest. */
const MAX_LIST_DEPTH = 10;

/** The objects of a document, those in lists one by one; undefined if it is no Kubernetes manifest. */
export function kubernetesObjects(values: FieldReader, node: Node, path: string, depth = 0): KubernetesObject[] | undefined {
  const fields = isMap(values.resolve(node)) ? values.fields(node, path) ?? [] : [];
  const byName = new Map(fields.map((field) => [field.name, field]));
  const kind = plainText(values, byName.get('kind'));
  const apiVersion = plainText(values, byName.get('apiVersion'));
  if (kind === '' || apiVersion === '') {
    return undefined;
  }
  const items = byName.get('items');
  if (kind.endsWith('List') && items && depth < MAX_LIST_DEPTH) {
    return (values.items(items.value, join(path, 'items')) ?? []).flatMap((item, index) =>
      kubernetesObjects(values, item, `${join(path, 'items')}[${index}]`, depth + 1) ?? []);
  }
  const metadata = new Map((values.fields(byName.get('metadata')?.value, join(path, 'metadata')) ?? []).map((field) => [field.name, field]));
  return [{
    kind,
    isPrometheusRule: kind === 'PrometheusRule' && RULE_API_GROUPS.some((group) => apiVersion.startsWith(group)),
    name: plainText(values, metadata.get('name')),
    namespace: plainText(values, metadata.get('namespace')),
    spec: byName.get('spec')?.value,
    node,
    path,
  }];
}

export function join(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}

function plainText(values: FieldReader, field: Field | undefined): string {
  const value = values.resolve(field?.value);
  return isScalar(value) ? String(value.value) : '';
}
