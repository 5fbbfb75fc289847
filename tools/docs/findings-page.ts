import { FINDING_CODES, FindingDescription } from '../../src/findings/codes';
import { CONFIG_FINDINGS } from '../../src/findings/codes/config';
import { PROP_FINDINGS } from '../../src/findings/codes/props';
import { RULE_FINDINGS } from '../../src/findings/codes/rules';
import { TEMPLATE_FINDINGS } from '../../src/findings/codes/templates';
import { TRANSLATION_FINDINGS } from '../../src/findings/codes/translation';

interface Chapter {
  readonly title: string;
  readonly codes: { readonly [code: string]: FindingDescription };
}

const CHAPTERS: readonly Chapter[] = [
  { title: 'alertmanager.yml', codes: CONFIG_FINDINGS },
  { title: 'Go templates', codes: TEMPLATE_FINDINGS },
  { title: 'Moving to AMP', codes: TRANSLATION_FINDINGS },
  { title: 'Rule files', codes: RULE_FINDINGS },
  { title: 'Props of the construct', codes: PROP_FINDINGS },
];

/** docs/findings.md: every code that an error or a warning of this library can carry. */
export function findingsPage(): string {
  const lines = [
    '# Findings',
    '',
    '<!-- Written by `npx projen docs` from src/findings/codes/. Do not edit. -->',
    '',
    `Everything that this library refuses or warns of has one of these ${Object.keys(FINDING_CODES).length} codes. Codes are stable: they are never renamed and never`,
    'reused. An error ends the synthesis; all findings are told at once. A warning is told by the CDK, and acknowledged in the',
    'app once it has been read:',
    '',
    '```ts',
    "Annotations.of(this).acknowledgeWarning('cdk-amp-pagerduty:<code>', 'why this is fine here');",
    '```',
    '',
  ];
  for (const { title, codes } of CHAPTERS) {
    lines.push(`## ${title}`, '');
    for (const code of Object.keys(codes).sort()) {
      const { meaning, reason, remedy } = codes[code];
      lines.push(`### ${code}`, '', meaning, '', `- **Why:** ${reason}`, `- **What to do:** ${remedy}`, '');
    }
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
