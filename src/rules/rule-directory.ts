import { Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_KIND_NAMES, FileKind, recognizeFile } from '../yaml/file-kind';

/** What a directory of rules contains. Paths are relative to it, with `/`, in the order of their names. */
export interface RuleDirectory {
  readonly files: readonly string[];
  /** Files that are not read although they could be missed. */
  readonly skipped: readonly SkippedFile[];
}

export interface SkippedFile {
  readonly path: string;
  /** Why it is skipped, as a phrase that follows the path. */
  readonly reason: string;
  readonly fix: string;
  /** What it is, if that is why. */
  readonly kind?: FileKind;
}

/** Files with these names are rule files unless their content says that they are something else. */
const RULE_FILE = /\.(?:ya?ml|rules)$/;

/** Files with these names are rule files if they contain groups. */
const POSSIBLE_RULE_FILE = /\.(?:json|rule|alerts?|recordings?)$/;

/** Larger than any namespace that AMP accepts, with a margin for what is written shorter. */
const MAX_RECOGNIZED_BYTES = 4_000_000;

/** How deep directories can nest. */
const MAX_DEPTH_LEVELS = 20;

/** Kinds of files that people keep beside their rules. What is unknown is read, so that a typo in `groups:` is an error. */
const BESIDE_RULES: ReadonlySet<FileKind> = new Set([
  'alertmanager', 'alertmanager-config', 'amp-definition', 'helm-values', 'kustomization', 'prometheus', 'secret', 'unit-test',
]);

const FIXES: { readonly [kind in FileKind]?: string } = {
  'alertmanager': 'pass it to the construct as alertManagerConfig; acknowledge this warning if you do',
  'unit-test': 'run it with: npx cdk-amp-pagerduty test FILE; acknowledge this warning',
};

/**
 * Finds the rule files in a directory and the directories in it. Names that begin with a dot and `node_modules` are ignored.
 *
 * @throws the error of the file system, if the directory itself cannot be read.
 */
export function findRuleFiles(directory: string): RuleDirectory {
  const files: string[] = [];
  const skipped: SkippedFile[] = [];
  const visit = (relative: string, depth: number): void => {
    for (const entry of entriesOf(join(directory, relative))) {
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) {
        if (depth < MAX_DEPTH_LEVELS) {
          visit(path, depth + 1);
        } else {
          skipped.push({ path, reason: `is nested more than ${MAX_DEPTH_LEVELS} levels deep`, fix: 'pass this directory on its own' });
        }
        continue;
      }
      const reason = classify(join(directory, path), entry.name);
      if (reason === 'rules') {
        files.push(path);
      } else if (reason) {
        skipped.push({ path, ...reason });
      }
    }
  };
  visit('', 0);
  return { files, skipped };
}

function entriesOf(directory: string): Dirent[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Undefined: a file that nobody expects to be read. */
function classify(path: string, name: string): 'rules' | Omit<SkippedFile, 'path'> | undefined {
  const text = readShort(path);
  if (RULE_FILE.test(name)) {
    const kind = text === undefined ? 'unknown' : recognizeFile(text);
    return BESIDE_RULES.has(kind)
      ? { reason: `is ${FILE_KIND_NAMES[kind]}, not a rule file`, fix: FIXES[kind] ?? 'acknowledge this warning, or keep the file elsewhere', kind }
      : 'rules';
  }
  if (text === undefined || recognizeFile(text) !== 'rules') {
    return undefined;
  }
  return POSSIBLE_RULE_FILE.test(name) ? 'rules' : {
    reason: 'contains rule groups, but its name does not end in .yml, .yaml, .rules, .json, .rule, .alert, .alerts, .recording, or .recordings',
    fix: 'rename it, or pass it with RuleGroups.fromFile; acknowledge this warning if it is a backup',
  };
}

/** The text of a file; undefined for what is not a readable file of moderate size. */
function readShort(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= MAX_RECOGNIZED_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
