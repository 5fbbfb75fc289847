/** What a file of somebody who runs Prometheus is, by its content. */
export type FileKind =
  | 'alertmanager' | 'rules'
  /** AMP's alert manager definition, with `alertmanager_config` at its root. */
  | 'amp-definition'
  | 'secret' | 'alertmanager-config' | 'helm-values' | 'helm-template' | 'unit-test' | 'kustomization' | 'prometheus' | 'kubernetes'
  | 'unknown';

/** The kinds with a name of their own in findings. */
export const FILE_KIND_NAMES: { readonly [kind in FileKind]: string } = {
  'alertmanager': 'an alertmanager.yml',
  'rules': 'a rule file',
  'amp-definition': 'an AMP alert manager definition',
  'secret': 'a Kubernetes Secret',
  'alertmanager-config': 'an AlertmanagerConfig resource',
  'helm-values': 'a Helm values file',
  'helm-template': 'a Helm template',
  'unit-test': 'a unit-test file of promtool',
  'kustomization': 'a kustomization',
  'prometheus': 'a prometheus.yml',
  'kubernetes': 'a Kubernetes manifest',
  'unknown': 'an unknown file',
};

/**
 * Recognizes a file by the keys at its top and the kinds of its Kubernetes resources. The text does not need to be valid YAML,
 * so that its errors are reported by the right reader.
 *
 * @param text the content; a byte order mark does not matter.
 */
export function recognizeFile(text: string): FileKind {
  const plain = text.replace(/^\uFEFF/, '');
  const keys = topKeys(plain);
  if (keys.has('apiVersion') && keys.has('kind')) {
    return kindOfManifest(plain);
  }
  if (keys.has('alertmanager_config')) {
    return 'amp-definition';
  }
  if (keys.has('route') || keys.has('receivers')) {
    return 'alertmanager';
  }
  if (keys.has('groups')) {
    return 'rules';
  }
  if (keys.has('scrape_configs')) {
    return 'prometheus';
  }
  if (keys.has('tests')) {
    return 'unit-test';
  }
  if (keys.has('resources') || keys.has('bases') || keys.has('configMapGenerator')) {
    return 'kustomization';
  }
  return hasConfigOfHelm(plain) ? 'helm-values' : 'unknown';
}

/**
 * Whether a text is the source of a Helm chart: actions outside of values are not YAML. A line of an annotation can also begin with
 * an action, such as `{{ range query "up" }}`, so one of them must use what only Helm has.
 */
export function isHelmTemplate(text: string): boolean {
  return /^[ \t]*\{\{-?\s*(?:if|range|with|end|include|template|toYaml|define|else|tpl|\.Values|\$)/m.test(text)
    && /\{\{[^}]*(?:\.(?:Values|Release|Chart|Capabilities|Files)\b|\b(?:include|toYaml|tpl|nindent)\b)/.test(text);
}

/** The text that a base64 text encodes; undefined if it is not base64 of text. */
export function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/^\uFEFF/, '').replace(/\s+/g, '');
  if (compact.length < 16 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) {
    return undefined;
  }
  const decoded = Buffer.from(compact, 'base64').toString('utf8');
  return /[\uFFFD\u0000]/.test(decoded) ? undefined : decoded;
}

const KEY = /^["']?([A-Za-z_][\w.-]*)["']?[ \t]*:/gm;

function topKeys(text: string): ReadonlySet<string> {
  if (/^\s*\{/.test(text)) {
    try {
      const value: unknown = JSON.parse(text);
      return new Set(typeof value === 'object' && value !== null ? Object.keys(value) : []);
    } catch {
      // A flow mapping, or JSON with a mistake in it: the keys that begin it or follow a line break.
      return new Set([...text.matchAll(/(?:^\s*\{|[\n,])\s*["']?([A-Za-z_]\w*)["']?\s*:/g)].map(([, name]) => name));
    }
  }
  return new Set([...text.matchAll(KEY)].map(([, name]) => name));
}

/** Of several resources, rules count most: the others are reported beside them. */
function kindOfManifest(text: string): FileKind {
  const kinds = new Set([...text.matchAll(/["']?\bkind["']?[ \t]*:[ \t]*["']?([A-Za-z]+)/g)].map(([, kind]) => kind));
  if (kinds.has('PrometheusRule')) {
    return 'rules';
  }
  if (kinds.has('AlertmanagerConfig')) {
    return 'alertmanager-config';
  }
  if (kinds.has('Kustomization')) {
    return 'kustomization';
  }
  return kinds.has('Secret') ? 'secret' : 'kubernetes';
}

/** `alertmanager: config:`, alone or within the values of a chart that contains kube-prometheus-stack. */
function hasConfigOfHelm(text: string): boolean {
  return /^( *)["']?alertmanager["']?:[ \t]*\n(?:\1 +.*\n|[ \t]*\n|[ \t]*#.*\n)*?\1 +["']?config["']?:/m.test(text);
}
