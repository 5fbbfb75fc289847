import { problemOfSecret } from '../../../src/alertmanager/translate/secret-shape';

const PLACEHOLDER = 'is a placeholder';
const TEMPLATE = 'is a template';

test.each<[string, string | undefined]>([
  ['${SMTP_PASSWORD}', PLACEHOLDER], ['${smtp_password:-none}', PLACEHOLDER], ['Bearer-${TOKEN}', PLACEHOLDER], ['$SMTP_PASSWORD', PLACEHOLDER],
  ['$(SMTP_PASSWORD)', PLACEHOLDER], ['{SMTP_PASSWORD}', PLACEHOLDER], ['%SMTP_PASSWORD%', PLACEHOLDER],
  ['<your token>', PLACEHOLDER], ['<SMTP-PASSWORD>', PLACEHOLDER],
  ['changeme', PLACEHOLDER], ['CHANGE_ME', PLACEHOLDER], ['your-password', PLACEHOLDER], ['xxxx', PLACEHOLDER], ['TODO', PLACEHOLDER],
  ['insert-token-here', PLACEHOLDER], ['replace_me', PLACEHOLDER],
  ['{{ .Values.password }}', TEMPLATE], ['{{ vault_password }}', TEMPLATE],
  ['<secret>', 'is "<secret>", which Alertmanager prints instead of a secret'],
  // A person, or a generator, made these.
  ['pa$$w0rd', undefined], ['$ecret', undefined], ['$1a}{b', undefined], ['a${1}b', undefined], ['a$(b)c', undefined], ['<3cats', undefined],
  ['<a>b', undefined], ['<>', undefined], ['a<b>c', undefined], ['50%of%that', undefined], ['{"a":1}', undefined], ['a{{b', undefined],
  ['your mother, 3 hamsters', undefined], ['todo el mundo', undefined], ['changed-at-noon', undefined], ['xoxb-1-2-x', undefined],
  ['-----BEGIN CERTIFICATE-----\nMIIB+/=\n-----END CERTIFICATE-----\n', undefined],
])('a credential %j: %s', (value, problem) => {
  for (const field of ['auth_password', 'smtp_auth_secret', 'app_token', 'authorization', 'basic_auth', 'bearer_token', 'tls_config.key']) {
    expect(problemOfSecret({ field, value })).toBe(problem);
  }
});

const IN_URL = 'has a placeholder';

test.each<[string, string | undefined]>([
  ['https://hooks.example.com/x?token=${HOOK_TOKEN}', IN_URL], ['https://hooks.example.com/<TOKEN>', IN_URL], ['https://hooks.example.com/<your token>/x', IN_URL],
  ['https://hooks.slack.com/services/${TOKEN}', IN_URL], ['https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX', IN_URL],
  ['https://hooks.slack.com/services/xxx/yyy/zzz', IN_URL], ['https://hooks.example.com/$HOOK_TOKEN', IN_URL], ['https://hooks.example.com/$(TOKEN)/x', IN_URL],
  ['https://hooks.example.com/{token}', IN_URL], ['https://hooks.example.com/?t=%TOKEN%', IN_URL], ['https://hooks.example.com/CHANGE_ME', IN_URL],
  ['https://hooks.example.com/?key=your-api-key', IN_URL], ['https://hooks.example.com/YOUR_TOKEN_HERE', IN_URL], ['https://$HOST/${X}', IN_URL],
  // Real forms.
  ['https://hooks.slack.com/services/T0ABCDEFG/B0ABCDEFG/aBcDeFgHiJkLmNoPqRsTuVwX', undefined], ['https://your-domain.com/hooks/1', undefined],
  ['https://prod-00.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke?api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sig=aB-_c', undefined],
  ['https://hooks.example.com/?$filter=a&$top=1', undefined], ['https://hooks.example.com/$web/x', undefined], ['https://hooks.example.com/insert-event', undefined],
  ['https://hooks.example.com/todo', undefined], ['https://hooks.example.com/xx/xxxy', undefined], ['https://hooks.example.com/?a=%7BTOKEN%7D', undefined],
  ['https://user:pa$$@hooks.example.com/', undefined],
])('a URL %j: %s', (value, problem) => {
  for (const field of ['url', 'api_url', 'slack_api_url', 'app_url', 'slack_app_url']) {
    expect(problemOfSecret({ field, value })).toBe(problem);
  }
});

test.each<[string, string | undefined]>([
  ['https://hooks.example.com/{{ .CommonLabels.team }}?t={{ printf "<%s>${X}" .Status }}', undefined],
  ['https://hooks.example.com/{{/* ${TOKEN} */}}', undefined],
  ['https://hooks.example.com/xxx{{ .Status }}', undefined],
  ['https://hooks.example.com/xxx/{{ .Status }}', IN_URL],
  ['https://hooks.example.com/{{ .Status }}/${TOKEN}', IN_URL],
  // It cannot be split, which is an error of its own.
  ['https://hooks.example.com/{{ if .Status }}x{{ end }}', undefined],
  ['https://hooks.example.com/{{ if .Status }}x{{ end }}/<TOKEN>', IN_URL],
])('the URL of a webhook %j, which Alertmanager renders: %s', (value, problem) => {
  expect(problemOfSecret({ field: 'url', value })).toBe(problem);
  expect(problemOfSecret({ field: 'api_url', value })).toBe(TEMPLATE);
});

test('of a secret that the file does not spell out, nothing is known', () => {
  expect(problemOfSecret({ field: 'auth_password_file' })).toBeUndefined();
});
