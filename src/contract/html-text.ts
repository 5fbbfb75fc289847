/**
 * HTML between Alertmanager and the notify function. Alertmanager renders mails with `html/template`, which escapes what actions print
 * by the place that it is printed in. A message of SNS is rendered as plain text. The construct therefore writes each action of an HTML
 * template so that it prints a mark, the place, and its value in the form of Go's `%q`; the notify function escapes the value.
 *
 * ```
 * html  = *( literal / value )
 * value = MARK place QUOTED   ; QUOTED: as Go's `%q` prints a string
 * ```
 *
 * The mark cannot be imitated: `%q` prints no character of a private use area as it is, and the construct writes the mark as a value
 * where the literal text of a template has it.
 */
export const HTML_VALUE_MARK = '\ue000';

/** Where a value stands, which decides how it is escaped. */
export const HtmlPlace = {
  /** Content of an element, or an attribute value that is plain text. */
  TEXT: 't',
  /** HTML that the template has marked as safe or has escaped itself. */
  HTML: 'h',
  /** The beginning of an address: its scheme can be wrong. */
  URL: 'u',
  /** An address behind its beginning. */
  URL_PATH: 'p',
  /** The query or fragment of an address. */
  URL_QUERY: 'q',
  /** A value in a `style` attribute. */
  STYLE: 's',
} as const;
export type HtmlPlace = (typeof HtmlPlace)[keyof typeof HtmlPlace];
