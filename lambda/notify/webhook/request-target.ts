/** A path that Go sends as it was written: the characters of a path, and escapes. */
const SENT_AS_WRITTEN = /^(?:[\w\-.~$&+,/:;=@!'()*[\]]|%[0-9a-f]{2})*$/i;

/** What Go leaves alone when it writes a path anew. Not `!'()*[]`, which it only keeps in a path that needs no other escape. */
const UNESCAPED_IN_PATHS = /[\w\-.~$&+,/:;=@]/;

const MALFORMED_ESCAPE = /%(?![0-9a-f]{2})/gi;

/** `..` between separators. Windows servers separate by backslashes as well, and some servers cut parameters behind a semicolon. */
const PARENT_SEGMENT = /(?:^|[/\\])\.\.(?=$|[/\\?#;])/;

/** Parsers of URLs remove line feeds and tabs, and Windows removes spaces at the end of a name. */
const IGNORED_BY_SOME = /[\s\p{Cc}]/gu;

/** What a request asks for. */
export interface RequestTarget {
  /** Path and query, as the request line has them. */
  readonly text: string;
  /** Whether a server that resolves `..` reads another path than the one that was written. */
  readonly hasParentSegment: boolean;
}

/**
 * Makes the target of a request as Go's net/url and net/http do. Unlike `URL`, they resolve no `..`, and leave the query alone.
 *
 * Where Go sends nothing, or what is not HTTP, the target is what the text means: a `%` that begins no escape and control characters are
 * escaped, and so is what a request line cannot have in the query, such as spaces.
 *
 * @param text all that stands behind the host of a URL.
 */
export function createRequestTarget(text: string): RequestTarget {
  const [withoutFragment] = text.split('#', 1);
  const queryAt = withoutFragment.indexOf('?');
  const path = escapePath(queryAt === -1 ? withoutFragment : withoutFragment.slice(0, queryAt)) || '/';
  const query = queryAt === -1 ? '' : escapeBytes(Buffer.from(withoutFragment.slice(queryAt)), /[!-~]/);
  return { text: path + query, hasParentSegment: PARENT_SEGMENT.test(decodeFully(path).replace(IGNORED_BY_SOME, '')) };
}

function escapePath(path: string): string {
  const wellFormed = path.replace(MALFORMED_ESCAPE, '%25');
  return SENT_AS_WRITTEN.test(wellFormed) ? wellFormed : escapeBytes(Buffer.from(decode(Buffer.from(wellFormed).toString('latin1')), 'latin1'), UNESCAPED_IN_PATHS);
}

function escapeBytes(bytes: Buffer, unescaped: RegExp): string {
  return [...bytes].map((byte) => {
    const character = String.fromCharCode(byte);
    return unescaped.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

/** Resolves escapes, each to the character that has the number of its byte. */
function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
}

/** Servers behind one another can decode a path more than once. */
function decodeFully(text: string): string {
  const decoded = decode(text);
  return decoded === text ? text : decodeFully(decoded);
}
