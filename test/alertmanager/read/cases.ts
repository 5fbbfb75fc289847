import { partsOfCompleteConfiguration } from './complete-configuration';
import { Json, mutationsOf } from './mutations';
import { valueTables } from './value-tables';

/** One configuration whose verdict is compared with those of other programs. */
export interface Case {
  readonly name: string;
  readonly text: string;
  /** For mutations: the field that was changed, without indexes. */
  readonly field?: string;
}

export interface CaseTable {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** Every configuration of docs/agreement.md. */
export function alertmanagerCases(): CaseTable[] {
  return [{ name: 'mutations of every field', cases: mutationCases(partsOfCompleteConfiguration()) }, ...valueTables()];
}

/** Every mutation of the documents, each text once. */
export function mutationCases(documents: readonly Json[]): Case[] {
  const byText = new Map<string, Case>();
  for (const document of documents) {
    for (const { name, field, value } of mutationsOf(document)) {
      const text = JSON.stringify(value);
      byText.set(text, { name, field, text });
    }
  }
  return [...byText.values()];
}
