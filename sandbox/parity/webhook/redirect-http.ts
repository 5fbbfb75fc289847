import { GoMap, GoScalar, type GoYaml } from '../../yaml/go-yaml';

/** What both sides keep of an `http_config`: what changes a request, and what a relay can honor. */
const KEPT = ['basic_auth', 'authorization', 'bearer_token', 'bearer_token_file', 'http_headers', 'follow_redirects', 'enable_http2'];

/** Files of the old server become values that the relay's secret has as well. */
export function redirectHttp(http: GoMap): GoMap {
  const copy = new GoMap([...http].filter(([name]) => KEPT.includes(name)).map(([name, value]): [string, GoYaml] => [name, copyOf(value)]));
  readFiles(copy);
  [copy.map('basic_auth'), copy.map('authorization')].forEach((map) => map && readFiles(map));
  for (const header of copy.map('http_headers')?.values() ?? []) {
    if (header instanceof GoMap) {
      const files = header.get('files');
      const secrets = header.get('secrets');
      header.delete('files');
      if (Array.isArray(files)) {
        const contents = files.map((file) => (file instanceof GoScalar ? new GoScalar(valueOf(undefined, file.text)) : file));
        header.set('secrets', [...Array.isArray(secrets) ? secrets : [], ...contents]);
      }
    }
  }
  return copy;
}

/** The value of a secret on both sides: that of the file, or a placeholder for the content of a file. */
export function valueOf(value: string | undefined, file: string | undefined): string {
  return value ?? `content of ${file ?? 'nothing'}`;
}

/** `password_file` becomes `password`. */
function readFiles(map: GoMap): void {
  for (const name of [...map.keys()]) {
    const file = name.endsWith('_file') ? map.text(name) : undefined;
    if (file !== undefined) {
      map.delete(name);
      map.setText(name.slice(0, -'_file'.length), valueOf(undefined, file));
    }
  }
}

function copyOf(value: GoYaml): GoYaml {
  if (Array.isArray(value)) {
    return value.map(copyOf);
  }
  return value instanceof GoMap ? new GoMap([...value].map(([name, item]): [string, GoYaml] => [name, copyOf(item)])) : value;
}
