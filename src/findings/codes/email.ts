/** Codes of findings about `email_configs`. */
export const EMAIL_FINDINGS = {
  'email-address-refused': {
    meaning: 'The smarthost has an address that the notify function does not connect to: a private one, a name that only a private network knows, such as `mail.corp.local`, or the function\'s own.',
    reason: 'The function is not in your network. Mails would wait for the retry window, and then move to the dead-letter queue.',
    remedy: 'Connect the function to the network with `Delivery.relay({ notify: { vpc } })`, use a server that is reachable from the internet, or send through Amazon SES.',
  },
  'email-port-blocked': {
    meaning: 'The smarthost has port 25.',
    reason: 'AWS blocks this port for Lambda functions that are not in a VPC.',
    remedy: 'Use port 587 or 465, connect the function to a VPC, or send through Amazon SES.',
  },
  'email-port-invalid': {
    meaning: 'The port of the smarthost is neither a number from 1 to 65535 nor the name of a service of mail.',
    reason: 'The function cannot connect to it.',
    remedy: 'Write the number of the port.',
  },
  'email-not-encrypted': {
    meaning: '`require_tls` is false, and the connection is not encrypted from its start either.',
    reason: 'Alertmanager never encrypts then, not even if the server offers STARTTLS, and the notify function does the same. Everything is readable on the network.',
    remedy: 'Remove `require_tls`, or acknowledge the warning.',
  },
  'email-credential-missing': {
    meaning: 'An entry has a user name for the smarthost, but no password and no secret.',
    reason: 'Alertmanager has no mechanism to authenticate by, so it sends nothing.',
    remedy: 'Add `auth_password` or `auth_secret`, or remove the user name.',
  },
  'email-username-missing': {
    meaning: 'An entry has a password or a secret for the smarthost, but no user name.',
    reason: 'Alertmanager does not authenticate then, and the notify function does the same. Most servers refuse such mails.',
    remedy: 'Add `auth_username`, or remove the credential.',
  },
  'email-credential-ignored': {
    meaning: 'An entry has both `auth_password` and `auth_password_file`, or both `auth_secret` and `auth_secret_file`.',
    reason: 'Alertmanager reads the file and does not use the value in the configuration, which is often an old one. `secrets` prints the content of the file.',
    remedy: 'Remove one of the two.',
  },
  'email-tls-reference': {
    meaning: 'A `tls_config` has a field that ends in `_ref`.',
    reason: 'These name entries of a secret manager. Alertmanager has none, so that sending fails there as well.',
    remedy: 'Write the value, or the path of a file with it.',
  },
  'email-sender-not-verified': {
    meaning: 'Mails are sent through Amazon SES from an address that its identity does not cover.',
    reason: 'Amazon SES accepts mails from verified identities only.',
    remedy: 'Change `from`, or pass another identity to `Emails.throughSes`.',
  },
  'email-recipients-too-many': {
    meaning: 'A mail through Amazon SES has more than 50 recipients.',
    reason: 'Amazon SES refuses it.',
    remedy: 'Write several entries, or a mailing list.',
  },
  'emails-identity-invalid': {
    meaning: 'The identity in `Emails.throughSes` is neither a domain nor an email address.',
    reason: 'Permissions are granted for the identity by its name.',
    remedy: 'Write the name of the verified identity.',
  },
  'emails-configuration-set-invalid': {
    meaning: 'The configuration set in `Emails.throughSes` has a name that Amazon SES does not accept.',
    reason: 'No mail would be sent.',
    remedy: 'Write the name of a configuration set, not its ARN.',
  },
  'emails-region-invalid': {
    meaning: 'The Region in `Emails.throughSes` is none.',
    reason: 'The notify function calls Amazon SES in this Region.',
    remedy: 'Write a Region such as `eu-west-1`, or leave it out.',
  },
  'email-header-repeated': {
    meaning: '`headers` has `Date`, `Content-Type`, or `MIME-Version`, which every mail has.',
    reason: 'Alertmanager sends such a header twice. Mail programs choose one of them; Amazon SES refuses the mail.',
    remedy: 'Remove the header.',
  },
  'email-recipients-templated': {
    meaning: '`to` is a template.',
    reason: 'Whoever can set the labels that it prints decides who gets mails.',
    remedy: 'Write one receiver per address. Acknowledge the warning if the labels come from your own rules.',
  },
  'email-recipients-invalid': {
    meaning: '`to` is not a list of email addresses that are separated by commas.',
    reason: 'Alertmanager and the notify function send no mail then, not even to those of the addresses that are valid.',
    remedy: 'Write addresses, separated by commas. Neither spaces nor semicolons separate them.',
  },
  'email-sender-invalid': {
    meaning: '`from` is not one email address.',
    reason: 'Alertmanager and the notify function send no mail without a sender, or with several.',
    remedy: 'Write one address, for example `Alerts <alerts@example.com>`.',
  },
  'email-html-unsafe': {
    meaning: 'The HTML of a mail prints a value where nobody can know how to escape it: in a script, a style sheet, a tag, or an attribute value without quotes.',
    reason: 'AMP renders messages as plain text. The construct escapes each value by the place that it stands in, as Alertmanager does, so that no label can add markup.',
    remedy: 'Print the value in text or in a quoted attribute value.',
  },
  'email-html-not-escaped': {
    meaning: 'The HTML of a mail uses `safeHtml`.',
    reason: 'What it prints is not escaped, as in Alertmanager: a label can add markup to the mail.',
    remedy: 'Remove `safeHtml`. Acknowledge the warning if only trusted people can set what it prints.',
  },
} as const;
