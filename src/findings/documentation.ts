import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = 'https://github.com/cdk-amp-pagerduty/cdk-amp-pagerduty';

/** The version of this package; `0.0.0` before the first release, and where the package is bundled without its `package.json`. */
export function packageVersion(): string {
  version ??= readVersion();
  return version;
}

/**
 * A page of this version's documentation on the web.
 *
 * @param page its path in the repository, such as `docs/findings.md`.
 * @param anchor the heading, in lower case with hyphens.
 */
export function documentationUrl(page: string, anchor?: string): string {
  const tag = packageVersion() === UNRELEASED ? 'main' : `v${packageVersion()}`;
  return `${REPOSITORY}/blob/${tag}/${page}${anchor === undefined ? '' : `#${anchor}`}`;
}

const UNRELEASED = '0.0.0';
let version: string | undefined;

function readVersion(): string {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : UNRELEASED;
  } catch {
    return UNRELEASED;
  }
}
