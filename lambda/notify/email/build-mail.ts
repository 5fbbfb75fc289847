import { completeHtml, withoutPartialValue } from './complete-html';
import { encodeHeader } from './encode-header';
import { escapeHtml } from './escape-html';
import { encodeQuotedPrintable } from './quoted-printable';
import type { EmailRequest } from '../../../src/contract/email';

/** What belongs to a mail rather than to its notification. */
export interface MailIdentity {
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** Without angle brackets. */
  readonly messageId: string;
  /** Occurs in no part of the mail. */
  readonly boundary: string;
}

const TRUNCATED = 'This notification was too long for Amazon SNS, and its end is missing. Amazon Managed Service for Prometheus has all alerts.';

/**
 * The bytes of a mail as Alertmanager writes them: headers, and a `multipart/alternative` body with a text part, an HTML part, both, or
 * none. Everything in it is ASCII.
 */
export function buildMail({ headers, threading, text, html, isTruncated }: EmailRequest, { sentAt, messageId, boundary }: MailIdentity): string {
  const hasOwnId = headers.some(([name]) => name === 'Message-Id');
  const root = threading && `<alert-${threading.id}-${threading.byDate === 'daily' ? new Date(sentAt).toISOString().slice(0, 10) : ''}@alertmanager>`;
  const lines = [
    ...headers.map(([name, value]) => `${name}: ${encodeHeader(value)}`),
    ...(hasOwnId ? [] : [`Message-Id: <${messageId}>`]),
    ...(root === undefined ? [] : [`References: ${root}`, `In-Reply-To: ${root}`]),
    `Date: ${formatDate(sentAt)}`,
    `Content-Type: multipart/alternative;  boundary=${boundary}`,
    'MIME-Version: 1.0',
  ];
  const parts = [
    ...(text === undefined ? [] : [part('text/plain', isTruncated === true && html === undefined ? `${text}\n\n${TRUNCATED}\n` : text)]),
    ...(html === undefined ? [] : [part('text/html', isTruncated === true ? completeHtml(escapeHtml(withoutPartialValue(html)), TRUNCATED) : escapeHtml(html))]),
  ];
  const body = parts.map((each, index) => `${index === 0 ? '' : '\r\n'}--${boundary}\r\n${each}`).join('');
  return `${lines.join('\r\n')}\r\n\r\n${body}\r\n--${boundary}--\r\n`;
}

function part(type: string, content: string): string {
  return `Content-Transfer-Encoding: quoted-printable\r\nContent-Type: ${type}; charset=UTF-8\r\n\r\n${encodeQuotedPrintable(content)}`;
}

/** `Wed, 25 Nov 2026 18:10:43 +0000` */
function formatDate(time: number): string {
  return new Date(time).toUTCString().replace('GMT', '+0000');
}
