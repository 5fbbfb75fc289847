import type { TextDiagnostic } from '../../findings/diagnostic';

/** What the checks of single nodes need: the text, and where to report what they find. */
export interface CheckContext {
  readonly text: string;
  report(diagnostic: TextDiagnostic): void;
}
