import { gunzipSync } from 'node:zlib';
import { isMap, isScalar, parseAllDocuments, Scalar } from 'yaml';
import type { Diagnostic } from '../../findings/diagnostic';
import type { TextShift } from '../../findings/text-position';
import { decodeBase64, FILE_KIND_NAMES, recognizeFile } from '../../yaml/file-kind';
import type { TemplateFile } from '../model';

/** An `alertmanager.yml`, as it is or out of what contains it. */
export interface ExtractedConfig {
  readonly text: string;
  /** What findings call it. */
  readonly name: string;
  /** Where the text begins in the file, if its lines are lines of the file. */
  readonly shift?: TextShift;
  /** The template files that are beside it; absent if they are files on disk. */
  readonly templates?: readonly TemplateFile[];
}

/** Names under which the Secret of an Alertmanager has its configuration; the operator compresses the one that it generates. */
const CONFIG_KEYS = ['alertmanager.yaml', 'alertmanager.yml', 'alertmanager.yaml.gz', 'config.yml'];

/**
 * Finds the `alertmanager.yml` in the forms in which people have it: a Kubernetes Secret, an AMP definition, and base64 of either.
 *
 * @param text the content of the user's file.
 * @param name what findings call the file.
 */
export function extractConfig(text: string, name: string): ExtractedConfig | Diagnostic {
  const kind = recognizeFile(text);
  switch (kind) {
    case 'amp-definition':
      return fromDefinition(text, name);
    case 'secret':
      return fromSecret(text, name);
    case 'helm-values':
      return {
        code: 'config-wrapped',
        message: `"${name}" is a Helm values file`,
        fix: 'the alertmanager.yml is the value of alertmanager.config: extract it with yq .alertmanager.config FILE > alertmanager.yml; '
          + 'or give the Secret that the chart renders',
      };
    case 'alertmanager-config':
      return {
        code: 'config-wrapped',
        message: `"${name}" is an AlertmanagerConfig resource, from which the Prometheus operator generates the configuration`,
        fix: 'give what the operator generated from all of them: kubectl get secret alertmanager-NAME-generated -o yaml > alertmanager-secret.yml',
      };
    case 'rules': case 'unit-test': case 'kustomization': case 'prometheus': case 'kubernetes':
      return {
        code: 'config-wrapped',
        message: `"${name}" is ${FILE_KIND_NAMES[kind]}, not an alertmanager.yml`,
        fix: kind === 'rules' ? 'pass it as rules: RuleGroups.fromFile(…)' : 'give the alertmanager.yml',
      };
    default: {
      const decoded = decodeBase64(text);
      return decoded !== undefined && recognizeFile(decoded) !== 'unknown' ? extractConfig(decoded, `${name} (decoded)`) : { text, name };
    }
  }
}

function fromDefinition(text: string, name: string): ExtractedConfig | Diagnostic {
  const fields = mappingsOf(text)[0];
  const config = fields?.get('alertmanager_config');
  if (!config || config.value.trim() === '') {
    return {
      code: 'config-amp-definition',
      message: `"${name}" is an AMP alert manager definition whose alertmanager_config is not a text`,
      fix: 'write "alertmanager_config: |" with the configuration indented below it, as AMP requires',
    };
  }
  return { ...embedded(config, text, name, 'alertmanager_config'), templates: templatesOf(fields?.get('template_files')?.fields, name, () => true, (value) => value) };
}

function fromSecret(text: string, name: string): ExtractedConfig | Diagnostic {
  const secrets = mappingsOf(text).filter((fields) => fields.get('kind')?.value === 'Secret');
  for (const fields of secrets) {
    for (const [place, decode] of [['stringData', (value: string) => value], ['data', decodeData]] as const) {
      const entries = fields.get(place)?.fields;
      const key = CONFIG_KEYS.find((candidate) => entries?.has(candidate));
      const entry = key === undefined ? undefined : entries?.get(key);
      if (!entry || key === undefined) {
        continue;
      }
      const templates = templatesOf(entries, name, (file) => file.endsWith('.tmpl'), decode);
      return place === 'stringData'
        ? { ...embedded(entry, text, name, key), templates }
        : { text: decode(entry.value, key), name: `${name} (${key})`, templates };
    }
  }
  return {
    code: 'config-wrapped',
    message: `"${name}" is a Kubernetes Secret without an alertmanager.yaml`,
    fix: `give the Secret of the Alertmanager, with one of ${CONFIG_KEYS.join(', ')} under data or stringData`,
  };
}

function decodeData(value: string, key: string): string {
  const bytes = Buffer.from(value.replace(/\s+/g, ''), 'base64');
  try {
    return (key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch {
    return '';
  }
}

/** A value of a mapping: its text, its place, and its own fields. */
interface Entry {
  readonly value: string;
  readonly scalar?: Scalar;
  readonly fields?: ReadonlyMap<string, Entry>;
}

/** The mappings at the top of each document; items of lists count like documents. */
function mappingsOf(text: string): Array<ReadonlyMap<string, Entry>> {
  return parseAllDocuments(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'), { schema: 'failsafe', uniqueKeys: false })
    .flatMap((document) => (isMap(document.contents) ? [fieldsOf(document.contents)] : []));
}

function fieldsOf(map: unknown): ReadonlyMap<string, Entry> {
  const fields = new Map<string, Entry>();
  for (const { key, value } of isMap(map) ? map.items : []) {
    if (isScalar(key)) {
      fields.set(String(key.value), {
        value: isScalar(value) ? String(value.value) : '',
        ...(isScalar(value) && { scalar: value }),
        ...(isMap(value) && { fields: fieldsOf(value) }),
      });
    }
  }
  return fields;
}

/** The lines of a literal block are lines of the file, with its indentation before them. */
function embedded({ value, scalar }: Entry, text: string, name: string, field: string): ExtractedConfig {
  const offset = scalar?.range?.[0];
  if (scalar?.type !== 'BLOCK_LITERAL' || offset === undefined) {
    return { text: value, name: `${name} (${field})` };
  }
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const first = lines.slice(0, offset).split('\n').length;
  const line = lines.split('\n').slice(first).find((candidate) => candidate.trim() !== '') ?? '';
  const indentation = line.length - line.trimStart().length - (value.length - value.trimStart().length - value.search(/[^\n]/));
  return { text: value, name, shift: { lines: first, columns: Math.max(0, indentation) } };
}

function templatesOf(
  entries: ReadonlyMap<string, Entry> | undefined,
  name: string,
  isTemplate: (file: string) => boolean,
  decode: (value: string, key: string) => string,
): TemplateFile[] {
  return [...entries ?? []].filter(([file]) => isTemplate(file))
    .map(([file, { value }]) => ({ name: file, path: `${name} (${file})`, text: decode(value, file) }));
}
