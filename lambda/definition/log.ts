/** What the function logs. There is no field for a definition, which can name people and addresses. */
export interface DefinitionLogFields {
  readonly requestId?: string;
  readonly requestType?: string;
  readonly workspaceId?: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly sha256?: string;
  readonly bytes?: number;
}

export type Log = (level: 'INFO' | 'WARN' | 'ERROR', message: string, fields?: DefinitionLogFields) => void;

/** One line of JSON on standard output, with the names of fields that Powertools uses in the other functions. */
export const log: Log = (level, message, fields = {}) => {
  console.log(JSON.stringify({ level, message, timestamp: new Date().toISOString(), service: 'definition', ...fields }));
};
