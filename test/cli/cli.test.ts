import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { ExitCode } from '../../src/cli/console';
import { run } from '../../src/cli/run';
import { FINDING_CODES } from '../../src/findings/codes';

const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const OTHER_KEY = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';

const GOOD = `route:
  receiver: team
  routes:
    - receiver: other
      matchers: [team="other"]
receivers:
  - name: team
    pagerduty_configs:
      - routing_key: ${KEY}
  - name: other
    pagerduty_configs:
      - routing_key: ${OTHER_KEY}
`;
const RULES = 'groups:\n  - name: g\n    rules:\n      - alert: Down\n        expr: up == 0\n';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cli-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

function call(...argv: string[]): { code: ExitCode; out: string; err: string } {
  const written = { out: '', err: '' };
  const code = run(argv, { out: (text) => (written.out += text), err: (text) => (written.err += text) });
  return { code, ...written };
}

describe('the command', () => {
  test.each([['--help'], ['-h'], ['check', '--help'], ['routing-keys', '-h']])('%s %s prints the usage', (...argv) => {
    const { code, out } = call(...argv.filter((argument) => argument !== undefined));
    expect(code).toBe(ExitCode.OK);
    expect(out).toContain('usage: cdk-amp-pagerduty');
  });

  test('--version prints the version', () => {
    expect(call('--version')).toMatchObject({ code: ExitCode.OK, out: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/) as unknown });
  });

  test.each([
    [[], 'no command given'], [['nope'], 'unknown command "nope"'], [['check'], 'check needs a file'], [['check', '--nope', 'x'], '--nope'],
    [['check', 'x', '--unsupported-receivers', 'x'], '--unsupported-receivers'], [['routing-keys'], 'needs one file'], [['explain'], 'explain needs the code'],
    [['routing-keys', 'a', 'b'], 'needs one file'], [['routing-keys', 'a', '--key-file', 'x'], 'NAME=PATH'],
  ])('%j is wrong usage', (argv, message) => {
    const { code, out, err } = call(...argv);
    expect(code).toBe(ExitCode.USAGE);
    expect(out).toBe('');
    expect(err).toContain(message);
  });
});

test('as a program it writes to its outputs and exits with the code', () => {
  const program = join(directory, 'lib', 'cli', 'main.js');
  buildSync({
    entryPoints: [join(__dirname, '..', '..', 'src', 'cli', 'main.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    external: ['aws-cdk-lib'],
    logLevel: 'silent',
  });
  file('package.json', '{"version": "1.2.3"}');
  const execute = (...argv: string[]): { status: number | null; stdout: string; stderr: string } => spawnSync(process.execPath, [program, ...argv], {
    encoding: 'utf8', timeout: 30_000, env: { ...process.env, NODE_PATH: join(__dirname, '..', '..', 'node_modules') },
  });
  expect(readFileSync(program, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
  expect(execute('--version')).toMatchObject({ status: 0, stdout: '1.2.3\n', stderr: '' });
  expect(execute('check', file('rules.yml', RULES.replace('up == 0', 'rate(up)')))).toMatchObject({ status: 1, stdout: expect.stringContaining('promql-type') as unknown });
  expect(execute('nope')).toMatchObject({ status: 2, stdout: '' });
});

describe('explain', () => {
  test.each([['config-unknown-field'], ['cdk-amp-pagerduty:config-unknown-field'], ['cdk-amp-pagerduty:config-unknown-field:some receiver']])('%s prints the entry of the code', (code) => {
    const { code: exitCode, out, err } = call('explain', code);
    expect({ exitCode, err }).toEqual({ exitCode: ExitCode.OK, err: '' });
    const { meaning, reason, remedy } = FINDING_CODES['config-unknown-field'];
    for (const text of [meaning, reason, remedy, 'docs/findings.md#config-unknown-field']) {
      expect(out).toContain(text);
    }
  });

  test('explains several codes at once', () => {
    const { out } = call('explain', 'config-no-route', 'promql-type');
    expect(out).toContain(FINDING_CODES['config-no-route'].remedy);
    expect(out).toContain(FINDING_CODES['promql-type'].remedy);
  });

  test.each([
    ['config-unknwon-field', 'did you mean "config-unknown-field"?'],
    ['xyzzy', 'docs/findings.md'],
    ['toString', 'unknown code "toString"'],
  ])('refuses the unknown code %s', (code, hint) => {
    const { code: exitCode, out, err } = call('explain', 'config-no-route', code);
    expect({ exitCode, out }).toEqual({ exitCode: ExitCode.USAGE, out: '' });
    expect(err).toContain(hint);
  });
});

describe('check', () => {
  test('says that nothing is wrong', () => {
    expect(call('check', file('alertmanager.yml', GOOD), file('rules.yml', RULES))).toMatchObject({ code: ExitCode.OK, err: '' });
  });

  test('tells every error with its place', () => {
    const config = file('alertmanager.yml', GOOD.replace('receiver: other', 'receiver: nobody'));
    const rules = file('rules.yml', RULES.replace('up == 0', 'up =='));
    const { code, out } = call('check', config, rules);
    expect(code).toBe(ExitCode.FAILED);
    expect(out).toContain(`${config}:4:`);
    expect(out).toContain(`${rules}:5:20 error: unexpected end of the expression`);
  });

  test('warnings are told, and are no failure', () => {
    const { code, out } = call('check', file('rules.yml', RULES.replace('name: g', 'name: g\n    limit: 5')));
    expect(code).toBe(ExitCode.OK);
    expect(out).toContain('0 errors, 1 warning\n');
  });

  test('takes rule files and directories of them, however they are given', () => {
    mkdirSync(join(directory, 'rules'));
    file('rules/a.yml', RULES.replace('up == 0', 'rate(up)'));
    expect(call('check', join(directory, 'rules')).out).toContain('promql-type');
    expect(call('check', '--rules', join(directory, 'rules')).out).toContain('promql-type');
    expect(call('check', '--rules', join(directory, 'rules', 'a.yml')).out).toContain('promql-type');
    expect(call('check', file('k.json', '{"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule", "spec": {"nope": 1}}')).out).toContain('rule-unknown-field');
    expect(call('check', file('b64', Buffer.from(RULES).toString('base64'))).out).toContain('rule-file-base64');
  });

  test('a missing file is an error', () => {
    expect(call('check', join(directory, 'missing.yml'))).toMatchObject({ code: ExitCode.FAILED, out: expect.stringContaining('config-file-missing') as unknown });
    expect(call('check', '--rules', join(directory, 'missing.yml'))).toMatchObject({ code: ExitCode.FAILED, out: expect.stringContaining('rule-file-missing') as unknown });
  });

  test.each([['alertmanager.yml', `it is relative to the working directory, ${process.cwd()}`], ['/nowhere/rules.yml', 'correct the path\n'], ['/nowhere/*.yml', 'no file matches the pattern']])(
    'of the missing file %s it says what to do', (path, fix) => {
      expect(call('check', path).out).toContain(fix);
      expect(call('check', '--rules', path).out).toContain(fix);
    });

  test('receivers of other types are errors or warnings', () => {
    const config = file('alertmanager.yml', `${GOOD}  - name: chat\n    wechat_configs: [{api_url: "https://example.com"}]\n`.replace('receiver: other', 'receiver: chat'));
    expect(call('check', config).code).toBe(ExitCode.FAILED);
    expect(call('check', config, '--unsupported-receivers', 'warn').code).toBe(ExitCode.OK);
  });

  test('templates are looked for where --templates says', () => {
    mkdirSync(join(directory, 'templates'));
    file('templates/x.tmpl', '{{ define "x" }}{{ nope }}{{ end }}');
    const config = file('alertmanager.yml', `templates: ["*.tmpl"]\n${GOOD}`.replace(`routing_key: ${KEY}`, `routing_key: ${KEY}\n        description: '{{ template "x" . }}'`));
    expect(call('check', config, '--templates', join(directory, 'templates')).out).toContain('x.tmpl:1:');
  });

  test('--quota states what AWS has granted', () => {
    const rules = file('rules.yml', RULES.replace('name: g', 'name: g\n    interval: 10s'));
    expect(call('check', rules).out).toContain('rule-interval-too-short');
    expect(call('check', rules, '--quota', 'minimumRuleInterval=10s').out).toContain('0 errors, 0 warnings');
    expect(call('check', rules, '--quota', 'minimumRuleInterval=11s').out).toContain("AMP's minimum of 11s");
    const config = file('alertmanager.yml', GOOD);
    expect(call('check', config, '--quota', 'routes=2', '--quota', 'rules=1').code).toBe(ExitCode.OK);
    expect(call('check', config, '--quota', 'routes=2', '--quota', 'routes=1').out).toContain('amp-too-many-routes');
  });

  test.each(['routes', 'routes=', 'routes=x', 'routes=0', 'routes=1.5', 'nope=1', 'minimumRuleInterval=0', 'minimumRuleInterval=10'])('--quota %s is wrong usage', (quota) => {
    expect(call('check', file('rules.yml', RULES), '--quota', quota)).toMatchObject({ code: ExitCode.USAGE, err: expect.stringContaining('--quota') as unknown });
  });

  test('the region of a topic is not wrong as long as nobody knows where it will be deployed', () => {
    const topic = 'arn:aws:sns:eu-north-1:123456789012:mine';
    const config = file('alertmanager.yml', `route: {receiver: a}\nreceivers: [{name: a, sns_configs: [{topic_arn: "${topic}", sigv4: {}}]}]\n`);
    const { code, out } = call('check', config);
    expect(code).toBe(ExitCode.OK);
    expect(out).toContain('[sns-topic-policy]');
    expect(out).toContain('0 errors, 1 warning\n');
  });

  test('--json prints the findings as JSON', () => {
    const path = file('rules.yml', RULES.replace('up == 0', 'up =='));
    const { code, out } = call('check', '--json', path);
    expect(code).toBe(ExitCode.FAILED);
    expect(JSON.parse(out)).toEqual([{
      code: 'promql-syntax', severity: 'error', message: 'unexpected end of the expression', path: 'groups[0].rules[0].expr', subject: 'Down', file: path, line: 5, column: 20,
    }]);
  });

  test.each([
    ['sound', GOOD], ['a key of the wrong form', GOOD.replace(KEY, `${KEY} x`)], ['a key where a mapping belongs', GOOD.replace('receivers:', `receivers:\n  - ${KEY}`)],
    ['both keys', GOOD.replace(`routing_key: ${KEY}`, `routing_key: ${KEY}\n        service_key: ${KEY}`)],
    ['bad YAML', GOOD.replace(`routing_key: ${KEY}`, `routing_key: "${KEY}`)],
  ])('no key is ever printed: %s', (_, text) => {
    const path = file('alertmanager.yml', text);
    for (const argv of [['check', path], ['check', '--json', path]]) {
      const { out, err } = call(...argv);
      expect(`${out}${err}`).not.toMatch(new RegExp(`${KEY}|${OTHER_KEY}`));
    }
  });
});

describe('routing-keys', () => {
  test('prints the keys by the names of their receivers, and nothing else', () => {
    const { code, out, err } = call('routing-keys', file('alertmanager.yml', GOOD));
    expect({ code, err }).toEqual({ code: ExitCode.OK, err: '' });
    expect(JSON.parse(out)).toEqual({ team: KEY, other: OTHER_KEY });
  });

  test('reads key files beside the configuration, as Alertmanager does', () => {
    file('team.key', `${KEY}\n`);
    const config = file('alertmanager.yml', GOOD.replace(`routing_key: ${KEY}`, 'routing_key_file: team.key'));
    expect(JSON.parse(call('routing-keys', config).out)).toEqual({ team: KEY, other: OTHER_KEY });
  });

  test('prints nothing if a key is not known: the secret would lose it', () => {
    const config = file('alertmanager.yml', GOOD.replace(`routing_key: ${KEY}`, 'routing_key_file: /nowhere/team.key'));
    const { code, out, err } = call('routing-keys', config);
    expect({ code, out }).toEqual({ code: ExitCode.FAILED, out: '' });
    expect(err).toContain('entry "team" is not known: it cannot be read from /nowhere/team.key; give it with --key-file "team=PATH"');
    expect(err).not.toContain(OTHER_KEY);
  });

  test('an unknown key can be given by a file, or left out', () => {
    const config = file('alertmanager.yml', GOOD.replace(`routing_key: ${KEY}`, 'routing_key_file: /nowhere/team.key'));
    expect(JSON.parse(call('routing-keys', config, '--key-file', `team=${file('k', KEY)}`).out)).toEqual({ team: KEY, other: OTHER_KEY });
    const incomplete = call('routing-keys', config, '--incomplete');
    expect(incomplete.code).toBe(ExitCode.OK);
    expect(JSON.parse(incomplete.out)).toEqual({ other: OTHER_KEY });
    expect(incomplete.err).toContain('"team"');
  });

  test('an empty key file is no key', () => {
    file('team.key', ' \n');
    const config = file('alertmanager.yml', GOOD.replace(`routing_key: ${KEY}`, 'routing_key_file: team.key'));
    expect(call('routing-keys', config)).toMatchObject({ code: ExitCode.FAILED, out: '' });
  });

  test('a name that no key has is wrong usage', () => {
    expect(call('routing-keys', file('alertmanager.yml', GOOD), '--key-file', 'nobody=x').code).toBe(ExitCode.USAGE);
  });

  test.each([
    ['bad YAML', 'receivers: ['], ['no configuration', RULES], ['no keys', 'route: {receiver: a}\nreceivers: [{name: a}]\n'],
  ])('prints nothing for %s', (_, text) => {
    const { code, out, err } = call('routing-keys', file('alertmanager.yml', text));
    expect({ code, out }).toEqual({ code: ExitCode.FAILED, out: '' });
    expect(err).not.toBe('');
  });

  test('prints nothing for a missing file', () => {
    expect(call('routing-keys', join(directory, 'missing.yml'))).toMatchObject({ code: ExitCode.FAILED, out: '' });
  });
});

describe('secrets', () => {
  const CONFIG = JSON.stringify({
    route: { receiver: 'team' },
    receivers: [{
      name: 'team',
      pagerduty_configs: [{ routing_key: KEY }],
      webhook_configs: [
        { url: 'https://hooks.example.com/{{ .Status }}/t0ken' },
        { url_file: 'url', http_config: { basic_auth: { username: 'u', password: 'p' }, http_headers: { 'X-Key': { secrets: ['s'] } } } },
      ],
    }],
  });

  test('prints keys, URLs as they stand in the file, and credentials', () => {
    file('url', 'https://hooks.example.com/file\n');
    const { code, out, err } = call('secrets', file('alertmanager.yml', CONFIG));
    expect({ code, err }).toEqual({ code: ExitCode.OK, err: '' });
    expect(JSON.parse(out)).toEqual({
      'team': KEY,
      'team/webhook/0': 'https://hooks.example.com/{{ .Status }}/t0ken',
      'team/webhook/1': 'https://hooks.example.com/file',
      'team/webhook/1/password': 'p',
      'team/webhook/1/header/X-Key': 's',
    });
  });

  test('names the file that is missing; routing-keys needs the keys of PagerDuty only', () => {
    const config = file('alertmanager.yml', CONFIG);
    const { code, out, err } = call('secrets', config);
    expect({ code, out }).toEqual({ code: ExitCode.FAILED, out: '' });
    expect(err).toContain(`entry "team/webhook/1" is not known: it cannot be read from ${join(directory, 'url')}`);
    expect(err).not.toContain('t0ken');
    expect(JSON.parse(call('routing-keys', config).out)).toEqual({ team: KEY });
  });

  describe('with a receiver that is bound to Sysdig Monitor', () => {
    const BOUND = JSON.stringify({
      route: { receiver: 'team' },
      receivers: [{ name: 'team', pagerduty_configs: [{ routing_key: KEY }], webhook_configs: [{ url: 'http://10.0.0.1:10000/t0ken' }] }],
    });

    test.each([['team', 'team/sysdig'], ['team=token', 'token']])('--sysdig %s needs %s in the place of the URL', (option, name) => {
      const config = file('alertmanager.yml', BOUND);
      const missing = call('secrets', config, '--sysdig', option);
      expect(missing).toMatchObject({ code: ExitCode.FAILED, out: '' });
      expect(missing.err).toContain(`entry ${JSON.stringify(name)} is not known: the configuration does not have it`);
      const { code, out } = call('secrets', config, '--sysdig', option, '--key-file', `${name}=${file('token', 'api-token\n')}`);
      expect(code).toBe(ExitCode.OK);
      expect(JSON.parse(out)).toEqual({ team: KEY, [name]: 'api-token' });
    });

    test.each(['other', '', 'team='])('--sysdig %j is refused', (option) => {
      expect(call('secrets', file('alertmanager.yml', BOUND), '--sysdig', option)).toMatchObject({ code: ExitCode.USAGE, out: '' });
    });

    test('check says nothing of a URL that is not used', () => {
      const config = file('alertmanager.yml', BOUND);
      const codes = (...more: string[]): string[] => (JSON.parse(call('check', '--json', config, ...more).out) as Array<{ code: string }>).map(({ code }) => code);
      expect(codes()).toContain('address-refused');
      expect(codes('--sysdig', 'team')).not.toContain('address-refused');
      expect(codes('--sysdig', 'other')).toContain('webhook-target-receiver');
    });
  });

  test.each([
    ['${CRITICAL_KEY}', 'is a placeholder'], ['<BACKEND_KEY>', 'is a placeholder'], ['CHANGE_ME', 'is a placeholder'],
    ['u+Ab12cdefGHIjklm_-9', 'has 20 characters'], ['{{ .CommonLabels.key }}', 'is a template'], ['<secret>', 'prints instead of a secret'],
  ])('does not print %s, which is not a key', (key, problem) => {
    const { code, out, err } = call('secrets', file('alertmanager.yml', GOOD.replace(KEY, JSON.stringify(key))));
    expect({ code, out }).toEqual({ code: ExitCode.FAILED, out: '' });
    expect(err).toContain(problem);
    if (key !== '<secret>') expect(err).not.toContain(key);
  });

  const OTHERS = { route: { receiver: 'team' }, global: { smtp_smarthost: 'mail.example.com:587', smtp_from: 'a@example.com', smtp_auth_username: 'u' } };
  const withEntry = (entry: object): string => file('alertmanager.yml', JSON.stringify({ ...OTHERS, receivers: [{ name: 'team', ...entry }] }));

  test.each<[string, object, string]>([
    ['team/webhook/0', { webhook_configs: [{ url: 'https://hooks.example.com/x?token=${TOKEN}' }] }, 'has a placeholder'],
    ['team/webhook/0', { webhook_configs: [{ url: 'https://hooks.example.com/<TOKEN>' }] }, 'has a placeholder'],
    ['team/webhook/0/credentials', { webhook_configs: [{ url_file: '/none', http_config: { authorization: { credentials: '<your TOKEN>' } } }] }, 'is a placeholder'],
    ['team/slack/0', { slack_configs: [{ api_url: 'https://hooks.slack.com/services/${TOKEN}' }] }, 'has a placeholder'],
    ['team/slack/0', { slack_configs: [{ api_url: 'https://hooks.slack.com/{{ .TOKEN }}' }] }, 'is a template'],
    ['team/slack/0/token', { slack_configs: [{ app_token: '${TOKEN}', app_url: 'https://slack.com/api/chat.postMessage' }] }, 'is a placeholder'],
    ['team/email/0/password', { email_configs: [{ to: 'a@example.com', auth_password: '${TOKEN}' }] }, 'is a placeholder'],
    ['team/email/0/password', { email_configs: [{ to: 'a@example.com', auth_password: '{{ vault.TOKEN }}' }] }, 'is a template'],
  ])('%s of %j is named and not printed', (name, entry, problem) => {
    const config = withEntry(entry);
    const { code, out, err } = call('secrets', config);
    expect({ code, out }).toEqual({ code: ExitCode.FAILED, out: '' });
    expect(err).toContain(`entry ${JSON.stringify(name)} is not known: the value in the configuration ${problem}; give it with --key-file`);
    expect(err).not.toContain('TOKEN');
    expect(JSON.parse(call('secrets', config, '--incomplete', '--key-file', `${name}=${file('value', 'real')}`).out)).toEqual({ [name]: 'real' });
    const findings = JSON.parse(call('check', '--json', config).out) as Array<{ code: string; message: string; fix: string }>;
    const implausible = findings.filter((finding) => finding.code === 'secret-implausible');
    expect(implausible).toHaveLength(1);
    expect(implausible[0].fix).toContain(JSON.stringify(name));
    expect(implausible[0].message).not.toContain('TOKEN');
  });

  test.each<[string, object, string]>([
    ['team/webhook/0', { webhook_configs: [{ url: 'https://hooks.example.com/{{ .Status }}?$filter=a%20b%2Fc' }] }, 'https://hooks.example.com/{{ .Status }}?$filter=a%20b%2Fc'],
    ['team/slack/0', { slack_configs: [{ api_url: 'https://hooks.slack.com/services/T0/B0/s3cr3t' }] }, 'https://hooks.slack.com/services/T0/B0/s3cr3t'],
    ['team/email/0/password', { email_configs: [{ to: 'a@example.com', auth_password: 'a$b<c>{d}%e' }] }, 'a$b<c>{d}%e'],
  ])('%s of %j is printed', (name, entry, value) => {
    const { code, out } = call('secrets', withEntry(entry));
    expect([code, JSON.parse(out)]).toEqual([ExitCode.OK, { [name]: value }]);
  });

  test('of a password and its file, the content of the file is printed, which Alertmanager uses', () => {
    file('password', 'current\n');
    const config = withEntry({ email_configs: [{ to: 'a@example.com', auth_password: 'stale', auth_password_file: 'password' }] });
    expect(JSON.parse(call('secrets', config).out)).toEqual({ 'team/email/0/password': 'current' });
  });

  test.each([['${CRITICAL_KEY}', 1], ['<BACKEND_KEY>', 1], ['u+Ab12cdefGHIjklm_-9', 1], [KEY, 0], ['k', 0]])('check warns of the key %s: %i', (key, warnings) => {
    const { out } = call('check', '--json', file('alertmanager.yml', GOOD.replace(KEY, JSON.stringify(key))));
    expect((JSON.parse(out) as Array<{ code: string }>).filter(({ code }) => code === 'routing-key-implausible')).toHaveLength(warnings);
  });
});

describe("the form of a routing key that AMP's own receiver reads", () => {
  const NATIVE = GOOD.replace(`routing_key: ${KEY}`, 'routing_key: {aws_secrets_manager: {secret_arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:pd-AbCdEf", secret_key: member}}');

  test.each(['secrets', 'routing-keys'])('%s names the entry, which the configuration does not have', (command) => {
    const { code, out, err } = call(command, file('alertmanager.yml', NATIVE));
    expect({ code, out }).toEqual({ code: ExitCode.FAILED, out: '' });
    expect(err).toContain('entry "team" is not known: the value in the configuration is the member "member" of the secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:pd-AbCdEf');
    expect(err).toContain('--key-file "team=PATH"');
  });

  test('the key from a file completes the secret', () => {
    const { code, out } = call('secrets', file('alertmanager.yml', NATIVE), '--key-file', `team=${file('key', `${KEY}\n`)}`);
    expect(code).toBe(ExitCode.OK);
    expect(JSON.parse(out)).toEqual({ team: KEY, other: OTHER_KEY });
  });

  test('check warns of it and of nothing else', () => {
    const { code, out } = call('check', '--json', file('alertmanager.yml', NATIVE));
    expect(code).toBe(ExitCode.OK);
    expect((JSON.parse(out) as Array<{ code: string }>).map((finding) => finding.code)).toEqual(['routing-key-native']);
  });
});

test.each(['routing-keys', 'secrets', 'check'])('%s reads a pipe, which can be read once only', (command) => {
  const bundle = join(directory, 'main.js');
  buildSync({ entryPoints: [join(__dirname, '../../src/cli/main.ts')], bundle: true, platform: 'node', outfile: bundle, packages: 'external', logLevel: 'error' });
  const env = { ...process.env, NODE_PATH: join(__dirname, '../../node_modules') };
  const config = file('alertmanager.yml', GOOD);
  for (const argument of ['<(cat "$FILE")', '/dev/stdin < "$FILE"', '- < "$FILE"']) {
    const result = spawnSync('bash', ['-c', `node "${bundle}" ${command} ${argument}`], { encoding: 'utf8', env: { ...env, FILE: config } });
    expect([argument, result.status, result.stderr]).toEqual([argument, 0, '']);
    if (command !== 'check') expect(JSON.parse(result.stdout)).toEqual({ team: KEY, other: OTHER_KEY });
  }
});

describe('check as a whole', () => {
  test('prints what it checked', () => {
    expect(call('check', file('alertmanager.yml', GOOD), file('rules.yml', RULES)).out).toBe('checked 1 alertmanager file, 1 rule in 1 group\n0 errors, 0 warnings\n');
  });

  test('--strict fails for warnings', () => {
    const rules = file('rules.yml', RULES.replace('name: g', 'name: g\n    limit: 5'));
    expect([call('check', rules).code, call('check', rules, '--strict').code]).toEqual([ExitCode.OK, ExitCode.FAILED]);
  });

  test('takes a directory apart by the content of its files', () => {
    mkdirSync(join(directory, 'all'));
    file('all/alertmanager.yml', GOOD);
    file('all/rules.yml', `\uFEFF${RULES}`);
    expect(call('check', join(directory, 'all'))).toMatchObject({ code: ExitCode.OK, out: 'checked 1 alertmanager file, 1 rule in 1 group\n0 errors, 0 warnings\n' });
    file('all/alertmanager.yml', GOOD.replace('receiver: other', 'receiver: nobody'));
    expect(call('check', join(directory, 'all')).out).toContain('config-undefined-receiver');
  });

  test('a byte order mark does not change what a file is', () => {
    expect(call('check', file('rules.yml', `\uFEFF${RULES}`)).out).toContain('1 rule in 1 group');
    expect(call('check', file('alertmanager.yml', `\uFEFF${GOOD}`)).out).toContain('1 alertmanager file');
  });

  test('fixes name the flags of the command', () => {
    const config = file('alertmanager.yml', `${GOOD}  - name: chat\n    discord_configs: [{webhook_url: "https://example.com"}]\n`.replace('receiver: other', 'receiver: chat'));
    expect(call('check', config).out).not.toMatch(/UnsupportedReceivers|the prop|AlertManagerConfig/);
    const calling = file('calling.yml', GOOD.replace(`routing_key: ${KEY}`, `routing_key: ${KEY}\n        description: '{{ template "x" . }}'`));
    expect(call('check', calling).out).toContain('(--templates DIR says where the files are)');
    const eu = file('eu.yml', `global: {pagerduty_url: 'https://events.eu.pagerduty.com/v2/enqueue'}\n${GOOD}`);
    expect(call('check', eu, '--pagerduty-region', 'us').out).toContain('--pagerduty-region says US: it decides for all receivers');
  });

  test('--pagerduty-region is compared with the file', () => {
    const config = file('alertmanager.yml', `global: {pagerduty_url: 'https://events.eu.pagerduty.com/v2/enqueue'}\n${GOOD}`);
    expect(call('check', config, '--pagerduty-region', 'us').out).toContain('pagerduty-region-conflict');
    expect(call('check', config, '--pagerduty-region', 'eu').out).toContain('0 errors, 0 warnings');
    expect(call('check', config, '--pagerduty-region', 'mars').code).toBe(ExitCode.USAGE);
  });

  test.each([['none', 1], ['warn', 0], ['critical', 0]])('the severity %s of an alert: %d warnings', (severity, warnings) => {
    const config = file('alertmanager.yml', GOOD.replace(`routing_key: ${KEY}`, `routing_key: ${KEY}\n        severity: '{{ .CommonLabels.severity }}'`));
    const rules = file('rules.yml', `${RULES}        labels: {severity: ${severity}}\n`);
    expect(call('check', config, rules).out.match(/\[severity-unknown\]/g) ?? []).toHaveLength(warnings);
    expect(call('check', config).out).toContain('note: the severity comes from a template');
  });
});

describe('rule files whose names are the same', () => {
  test('are an error, as for the construct: one would replace the rules of the other', () => {
    mkdirSync(join(directory, 'one'));
    mkdirSync(join(directory, 'two'));
    const { code, out } = call('check', file('one/rules.yml', RULES), file('two/rules.yml', RULES));
    expect(code).toBe(ExitCode.FAILED);
    expect(out).toContain('2 rule groups have the namespace "rules"');
    expect(out).toContain('rename a file');
  });

  test('are one file that is given twice', () => {
    const path = file('rules.yml', RULES);
    expect(call('check', path, '--rules', path).out).toContain('namespace-duplicate');
  });
});

describe('formats', () => {
  const FAULTY = RULES.replace('up == 0', 'up ==');

  test('colors are for terminals', () => {
    const path = file('rules.yml', FAULTY);
    const print = (colors: boolean, ...flags: string[]): string => {
      let out = '';
      run(['check', path, ...flags], { colors, out: (text) => (out += text), err: () => undefined });
      return out;
    };
    expect(print(true)).toContain('\u001b[31merror\u001b[0m: ');
    expect(print(false)).not.toContain('\u001b');
    expect(print(true, '--no-color')).not.toContain('\u001b');
  });

  test('github: one workflow command for each finding', () => {
    const path = file('a,b.yml', FAULTY);
    expect(call('check', '--format', 'github', path)).toMatchObject({
      code: ExitCode.FAILED, out: `::error file=${path.replace(',', '%2C')},line=5,col=20,title=promql-syntax::unexpected end of the expression (groups[0].rules[0].expr)\n`,
    });
  });

  test('sarif: has what the schema requires', () => {
    const path = file('rules.yml', FAULTY);
    const log = JSON.parse(call('check', '--format', 'sarif', path).out) as { version: string; runs: unknown[] };
    expect(log).toMatchObject({
      $schema: expect.stringContaining('sarif-2.1.0') as unknown,
      version: '2.1.0',
      runs: [{
        tool: { driver: { name: 'cdk-amp-pagerduty', rules: [{ id: 'promql-syntax', shortDescription: { text: FINDING_CODES['promql-syntax'].meaning } }] } },
        results: [{
          ruleId: 'promql-syntax',
          ruleIndex: 0,
          level: 'error',
          message: { text: expect.stringContaining('unexpected end') as unknown },
          locations: [{ physicalLocation: { artifactLocation: { uri: path }, region: { startLine: 5, startColumn: 20 } } }],
        }],
      }],
    });
    expect(JSON.parse(call('check', '--format', 'sarif', file('good.yml', RULES)).out)).toMatchObject({ runs: [{ results: [] }] });
  });

  test.each([['--format', 'xml'], ['--json', '--format', 'text']])('%s %s is wrong usage', (...flags) => {
    expect(call('check', file('rules.yml', RULES), ...flags).code).toBe(ExitCode.USAGE);
  });
});

test('an unknown command gets the likely one, and each command its own help', () => {
  expect(call('chekc')).toEqual({ code: ExitCode.USAGE, out: '', err: 'unknown command "chekc": did you mean "check"?\nrun cdk-amp-pagerduty --help for the usage\n' });
  expect(call('check', 'x', '--strikt')).toEqual({
    code: ExitCode.USAGE, out: '', err: 'unknown option --strikt: did you mean "--strict"?\nrun cdk-amp-pagerduty check --help for the usage\n',
  });
  expect(call('routing-keys', 'x', '--keyfile').err).toContain('did you mean "--key-file"?');
  expect(call('help', 'check')).toEqual(call('check', '--help'));
  expect(call('help')).toEqual(call('--help'));
  expect(call('check', '--help').out).toContain('--strict');
  expect(call('explain', '--help').out).not.toContain('--strict');
});

describe('test', () => {
  const TESTS = (expected: string): string => `rule_files: [rules.yml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series: [{series: 'up{job="a"}', values: '0x10'}]
    alert_rule_test:
      - {eval_time: 5m, alertname: Down, exp_alerts: [{exp_labels: {job: ${expected}}}]}
`;

  test.each([['a', ExitCode.OK], ['b', ExitCode.FAILED]])('runs promtool on what AMP gets: job %s', (job, code) => {
    const manifest = { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'x' }, spec: { groups: [{ name: 'g', rules: [{ alert: 'Down', expr: '\n  up == 0' }] }] } };
    file('rules.yml', JSON.stringify(manifest));
    const tests = file('rules_test.yml', TESTS(job));
    expect(call('test', tests)).toMatchObject({ code, out: expect.stringContaining(tests) as unknown });
  });

  test('does not test rules with errors, and says how to get promtool', () => {
    file('rules.yml', RULES.replace('up == 0', 'up =='));
    const tests = file('rules_test.yml', TESTS('a'));
    expect(call('test', tests)).toMatchObject({ code: ExitCode.FAILED, err: expect.stringContaining('promql-syntax') as unknown });
    file('rules.yml', RULES);
    expect(call('test', tests, '--promtool', join(directory, 'missing')).err).toContain('https://prometheus.io/download/');
    expect(call('test').code).toBe(ExitCode.USAGE);
    expect(call('test', file('x.yml', 'a: b\n')).err).toContain('no rule_files');
  });

  test('takes the PromQL of --promql, and errors name the option', () => {
    file('rules.yml', RULES.replace('up == 0', 'first_over_time(up[5m]) == 0'));
    const tests = file('rules_test.yml', TESTS('a'));
    expect(call('test', tests).err).toContain('allow it with --promql prometheus-3.16');
    // Debian's promtool does not know the function either, but now it is asked.
    expect(call('test', tests, '--promql', 'prometheus-3.16').err).not.toContain('promql-too-new');
    expect(call('test', tests, '--promql', '4').code).toBe(ExitCode.USAGE);
  });

  test('does not confuse a test file with what it tests', () => {
    file('rules.yml', RULES);
    const tests = file('namespace-1.yml', TESTS('a'));
    expect(call('test', tests)).toMatchObject({ code: ExitCode.OK, out: expect.stringContaining(tests) as unknown });
  });
});
