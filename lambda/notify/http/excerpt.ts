/** Of a response, this much is kept. */
const MAX_EXCERPT_CHARACTERS = 300;

/** The beginning of a response on one line, for a reason. */
export function excerptOf(body: string, redact: (text: string) => string): string {
  return redact(body).replace(/\s+/g, ' ').trim().slice(0, MAX_EXCERPT_CHARACTERS);
}
