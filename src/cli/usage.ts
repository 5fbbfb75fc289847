/** What the command prints for `--help`, by command. */
export const USAGES = {
  'check': `check FILE|DIR...     check alertmanager.yml files and Prometheus rule files, without a CDK app. Files are recognized by
                      their content, also Kubernetes Secrets and AMP definitions; - is standard input
    --rules PATH         a rule file, or a directory of them (may be repeated)
    --templates DIR      the directory that paths under "templates:" start from
    --unsupported-receivers warn|error
                         what receivers that cannot be translated are (default: error)
    --pagerduty-region us|eu|URL
                         the service region of PagerDuty, or the https:// URL of your own endpoint
    --promql cortex|prometheus-3.16
                         the PromQL that AMP is expected to run (default: cortex)
    --quota NAME=VALUE   a quota of AMP that AWS has raised (may be repeated): routes, inhibitRules, templates, rules,
                         or minimumRuleInterval with a duration such as 10s
    --sysdig RECEIVER    a webhook receiver that the app binds to Sysdig Monitor (may be repeated)
    --strict             exit with 1 for warnings, too
    --format text|json|github|sarif
                         how findings are printed (default: text); --json is short for --format json
    --no-color           no colors on a terminal; so does the environment variable NO_COLOR
`,
  'test': `test FILE...          run unit-test files of promtool against the rules as they are written into AMP's namespaces
    --promtool PATH      the program (default: promtool)
    --promql cortex|prometheus-3.16
                         the PromQL that AMP is expected to run, as for check (default: cortex)
`,
  'secrets': `secrets FILE          print routing keys, URLs, and credentials of an alertmanager.yml as {"name": "value"}, to be
                      piped into
                      aws secretsmanager put-secret-value --secret-id ARN --secret-string file:///dev/stdin
                      - is standard input
    --key-file NAME=PATH read the entry NAME from a file (may be repeated); by default, from the file that the
                         configuration names, such as routing_key_file or url_file
    --sysdig RECEIVER[=NAME]
                         a webhook receiver that the app binds to Sysdig Monitor (may be repeated): its URL is not used, and
                         the entry RECEIVER/sysdig, or NAME, is the API token, which no file has: give it with --key-file
    --incomplete         print the entries that are known, and skip the others
`,
  'routing-keys': `routing-keys FILE     the same for the routing keys of PagerDuty alone
`,
  'explain': `explain CODE...       print what the code of a finding means and what to do, without a network
`,
} as const;

export type CommandName = keyof typeof USAGES;

/** The options that the usage of a command lists. */
export function optionsOf(command: CommandName): string[] {
  const text = command === 'routing-keys' ? USAGES.secrets : USAGES[command];
  return [...text.matchAll(/^ {4}(--[a-z-]+)/gm)].map(([, option]) => option);
}

const EXIT_CODES = 'exit codes: 0 no errors, 1 errors were found, 2 wrong usage\n';

/** The usage of one command, or of all. */
export function usage(command?: CommandName): string {
  if (command !== undefined) {
    return `usage: cdk-amp-pagerduty ${USAGES[command]}\n${EXIT_CODES}`;
  }
  const commands = Object.values(USAGES).map((text) => `  ${text.replace(/\n(?=.)/g, '\n  ')}`);
  return `usage: cdk-amp-pagerduty <command> [options]\n\ncommands:\n${commands.join('\n')}\n  --help                print this, or the help of a command\n`
    + `  --version             print the version\n\n${EXIT_CODES}`;
}
