// What the changelog says, as text. The release derives it from the commits (projen's task `bump`).

/** Before the first release, nobody had anything that could break: its changelog has only features and fixes. */
export function withoutBreaksBeforeTheFirst(changelog) {
  const [heading, ...sections] = changelog.trim().split(/^(?=### )/m);
  const kept = sections.filter((section) => /^### (Features|Bug Fixes)\n/.test(section));
  return `${[heading, ...kept].map((part) => part.trim()).join('\n\n')}\n`;
}

/** The text of one version, without the day: CHANGELOG.md is written before the day is known. */
export function sectionOf(changelog, version) {
  const found = changelog.split(/^(?=## )/m).find((section) => versionIn(section) === version);
  return found?.replace(/^(## .*?) \(\d{4}-\d\d-\d\d\)$/m, '$1').trim();
}

/** CHANGELOG.md with the text of a version, which is in place of the text of the same version, or above all others. */
export function changelogWith(existing, section) {
  const version = versionIn(section);
  const others = existing.split(/^(?=## )/m).slice(1).filter((other) => versionIn(other) !== version);
  return `${[HEAD, section, ...others].map((part) => part.trim()).join('\n\n')}\n`;
}

/** The commits that entries link to. */
export function commitsOf(section) {
  return [...section.matchAll(/\/commit\/([0-9a-f]{40})\)/g)].map((match) => match[1]);
}

/** The newest version of CHANGELOG.md. */
export function newestVersion(changelog) {
  return versionIn(changelog.split(/^(?=## )/m)[1] ?? '');
}

/** Whether the subject of a commit puts it into the changelog. */
export function isReleaseNote(subject) {
  return /^(feat|fix)(\([^)]*\))?!?: /.test(subject);
}

function versionIn(section) {
  return /^## \[?(\d+\.\d+\.\d+)/.exec(section)?.[1];
}

const HEAD = `# Changelog

Features and fixes of each version, from the subjects of the commits. Written by \`npm run changelog\`.`;
