import type { TranslatedEmail } from './emails';
import type { ConfigPath, EmailConfig } from '../../model';

/** An entry that is on a route, with its place in the file. */
export interface UsedEmail {
  readonly config: EmailConfig;
  readonly email: TranslatedEmail;
  readonly place: ConfigPath;
  /** The name of the entry's templates. */
  readonly templateName: string;
}
