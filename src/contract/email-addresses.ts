/** An address that can stand in a command of SMTP: no white space, angle bracket, or control character. */
const SMTP_ADDRESS = /^[^\s<>@\p{Cc}]+@[^\s<>@\p{Cc}]+$/u;

/**
 * The addresses of a list, without names and comments; undefined if the list cannot be read, or if there is no address in it.
 *
 * The rules are those of Go's `net/mail`, which Alertmanager reads `to` and `from` with. One exception: a line break counts as a space, so
 * that a list over several lines is one. No recipient is left out: one address that nobody can read makes the whole list unreadable.
 */
export function parseEmailAddresses(text: string): string[] | undefined {
  const addresses = new AddressList(text).parse();
  return addresses !== undefined && addresses.length > 0 && addresses.every((address) => SMTP_ADDRESS.test(address)) ? addresses : undefined;
}

const IPV4_OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${IPV4_OCTET}(?:\\.${IPV4_OCTET}){3}$`);

function isIpAddress(text: string): boolean {
  return IPV4.test(text) || (/^[\da-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`));
}

const SPACE = /[ \t\r\n]*/y;
/** RFC 5322, with the characters beyond ASCII of RFC 6532. */
const DOT_ATOM = /[^\0-\x20\x7f()<>[\]:;@\\,".]+(?:\.[^\0-\x20\x7f()<>[\]:;@\\,".]+)*/y;
/** A word of a name can have a dot anywhere, as in `J. Doe`. */
const WORD = /[^\0-\x20\x7f()<>[\]:;@\\,"]+/y;
const QUOTED = /"((?:[^\0-\x08\x0a-\x1f\x7f"\\]|\\[^\0-\x08\x0a-\x1f\x7f])*)"/y;
const DOMAIN_LITERAL = /\[([^\0-\x20\x7f[\]\\]*)\]/y;

/** Reads a list from left to right. Every method returns undefined, or false, for what it cannot read. */
class AddressList {
  private at = 0;

  constructor(private readonly text: string) {}

  public parse(): string[] | undefined {
    const addresses: string[] = [];
    this.skipCommas();
    do {
      const next = this.parseAddress(true);
      if (next === undefined || !this.skipComments()) return undefined;
      addresses.push(...next);
      if (this.at < this.text.length && !this.take(',')) return undefined;
      this.skipCommas();
    } while (this.at < this.text.length);
    return addresses;
  }

  /** Empty entries of a list are allowed. */
  private skipCommas(): void {
    do {
      this.match(SPACE);
    } while (this.take(','));
  }

  /** `a@example.com`, `Name <a@example.com>`, or `Group: a@example.com, b@example.com;`, which is no member of a group itself. */
  private parseAddress(canBeGroup: boolean): string[] | undefined {
    const start = this.at;
    const plain = this.parseAddrSpec();
    if (plain !== undefined) {
      this.match(SPACE);
      return [plain];
    }
    this.at = start;
    this.match(SPACE);
    if (this.text[this.at] !== '<' && !this.skipName()) return undefined;
    if (canBeGroup && this.take(':')) return this.parseGroup();
    const inBrackets = this.take('<') ? this.parseAddrSpec() : undefined;
    return inBrackets !== undefined && this.take('>') ? [inBrackets] : undefined;
  }

  private parseGroup(): string[] | undefined {
    const members: string[] = [];
    this.match(SPACE);
    while (!this.take(';')) {
      const member = this.parseAddress(false);
      if (member === undefined || !this.skipComments()) return undefined;
      members.push(...member);
      if (this.text[this.at] !== ';' && !this.take(',')) return undefined;
    }
    return members;
  }

  private parseAddrSpec(): string | undefined {
    this.match(SPACE);
    const local = this.text[this.at] === '"' ? this.match(QUOTED)?.[1].replace(/\\(.)/gsu, '$1') : this.match(DOT_ATOM)?.[0];
    if (!local || !this.take('@')) return undefined;
    this.match(SPACE);
    const domain = this.match(DOT_ATOM)?.[0] ?? this.parseDomainLiteral();
    return domain && `${local}@${domain}`;
  }

  private parseDomainLiteral(): string | undefined {
    const [literal, address] = this.match(DOMAIN_LITERAL) ?? [];
    return address !== undefined && isIpAddress(address) ? literal : undefined;
  }

  private skipName(): boolean {
    const start = this.at;
    while ((this.match(WORD) ?? this.match(QUOTED)) !== undefined) {
      if (!this.skipComments()) return false;
    }
    return this.at > start;
  }

  /** Comments can contain comments. */
  private skipComments(): boolean {
    this.match(SPACE);
    while (this.take('(')) {
      for (let depth = 1; depth > 0; this.at += 1) {
        const character = this.text[this.at];
        if (character === undefined) return false;
        depth += character === '(' ? 1 : character === ')' ? -1 : 0;
        this.at += character === '\\' ? 1 : 0;
      }
      this.match(SPACE);
    }
    return true;
  }

  private take(character: string): boolean {
    const isNext = this.text[this.at] === character;
    this.at += isNext ? 1 : 0;
    return isNext;
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    this.at += found?.[0].length ?? 0;
    return found;
  }
}
