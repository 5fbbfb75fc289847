import { FINDING_CODES, FindingDescription } from '../../src/findings/codes';
import { CONFIG_FINDINGS } from '../../src/findings/codes/config';
import { EMAIL_FINDINGS } from '../../src/findings/codes/email';
import { OUTPUT_FINDINGS } from '../../src/findings/codes/output';
import { PROP_FINDINGS } from '../../src/findings/codes/props';
import { RULE_FINDINGS } from '../../src/findings/codes/rules';
import { TEMPLATE_FINDINGS } from '../../src/findings/codes/templates';
import { TRANSLATION_FINDINGS } from '../../src/findings/codes/translation';
import { MAX_FINDINGS_PER_FILE } from '../../src/findings/format';

interface Chapter {
  readonly title: string;
  readonly codes: { readonly [code: string]: FindingDescription };
}

const CHAPTERS: readonly Chapter[] = [
  { title: 'alertmanager.yml', codes: CONFIG_FINDINGS },
  { title: 'Go templates', codes: TEMPLATE_FINDINGS },
  { title: 'Moving to AMP', codes: TRANSLATION_FINDINGS },
  { title: 'Email', codes: EMAIL_FINDINGS },
  { title: 'Rule files', codes: RULE_FINDINGS },
  { title: 'Props of the construct', codes: PROP_FINDINGS },
  { title: 'The list of findings', codes: OUTPUT_FINDINGS },
];

/** docs/findings.md: every code that an error or a warning of this library can carry. */
export function findingsPage(): string {
  const lines = [
    '# Findings',
    '',
    '<!-- Written by `npx projen docs` from src/findings/codes/. Do not edit. -->',
    '',
    `Every error and warning of this library has one of these ${Object.keys(FINDING_CODES).length} codes. Codes are stable: they are never renamed and never reused.`,
    '',
    'All findings are reported at synthesis, together. An error ends the synthesis. Each finding has the position in your file',
    '(`file:line:column`), the path of the value in parentheses, its code in brackets, what to do, and a link to its section on this page.',
    `At most ${MAX_FINDINGS_PER_FILE} findings are listed for each file, errors before warnings; the rest is counted.`,
    '',
    '`npx cdk-amp-pagerduty explain CODE` prints a section of this page without a network.',
    '',
    '## Acknowledging a warning',
    '',
    'A warning is a warning of your CDK app. After you have read it, acknowledge it by its id, which the CDK prints after `ack:`:',
    '',
    '```ts',
    "Annotations.of(this).acknowledgeWarning('cdk-amp-pagerduty:integration-dropped:chat/msteams_configs', 'the chat is notified in another way');",
    '```',
    '',
    'The id is `cdk-amp-pagerduty:<code>:<subject>`. The subject is the name of what the warning is about, and never a position: ids stay',
    'the same when lines move, and acknowledging the warning about one receiver does not silence the next one.',
    '',
    '| warning about | subject |',
    '|---|---|',
    '| a receiver, a route, or a template in one of their fields | name of the receiver |',
    '| a list of a receiver that is left out | names of the receiver and the list, such as `chat/msteams_configs` |',
    '| a routing key | its name in the secret |',
    '| a topic of your `sns_configs` | ARN of the topic |',
    '| an unconfirmed feature of AMP\'s templates | name of the feature |',
    '| a template file | name of the file without its directory; the pattern, if no file matches; the template, if it is defined twice |',
    '| a time interval | name of the time interval |',
    '| a label name | the label name |',
    '| another part of `alertmanager.yml` | its path without list indexes, such as `global.http_config` |',
    '| a rule | name of the alert or recording rule |',
    '| a rule group | name of the group |',
    '| a rule file or `alertmanager.yml` as a whole | name of the file without its directory |',
    '| a prop | path of the prop, such as `delivery.topic` |',
    '',
    'An acknowledgement holds for the construct that it is given on and everything inside it. On the stack, it holds for every',
    '`AmpPagerDutyAlerting` of the stack; on one construct, it leaves the others alone.',
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
