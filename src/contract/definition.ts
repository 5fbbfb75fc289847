/** The type of the custom resource that sets the alert manager definition of an existing workspace. */
export const DEFINITION_RESOURCE_TYPE = 'Custom::AmpAlertManagerDefinition';

/** What to do with an alert manager definition that the existing workspace has already. */
export enum ExistingDefinition {
  /**
   * The deployment fails and changes nothing, unless the definition is the one to be deployed. Choose it when nobody should lose a
   * definition by mistake.
   */
  REFUSE = 'REFUSE',

  /** The definition is replaced, and a copy of it is kept in a bucket. Choose it to take over from your present definition. */
  REPLACE = 'REPLACE',
}

/** What happens to the alert manager definition of an existing workspace when the construct leaves the stack. */
export enum OnRemoval {
  /** The definition that was replaced is put back. A workspace that had none has none again. */
  RESTORE = 'RESTORE',

  /** The definition is deleted, and AMP sends no notifications anymore. The same happens when the creation is rolled back. */
  DELETE = 'DELETE',

  /**
   * The definition stays, although its topic is gone. Choose it to take the definition over with another tool. If the creation is rolled
   * back, the workspace gets back what it had.
   */
  KEEP = 'KEEP',
}

/** Properties of the custom resource. CloudFormation passes all values as text. */
export const DefinitionProperty = {
  WORKSPACE_ID: 'WorkspaceId',
  /** The definition: UTF-8, gzip, Base64, with a placeholder for each value that is known at deployment only. */
  DEFINITION: 'Definition',
  /** The values by placeholder. */
  VALUES: 'Values',
  /** SHA-256 of the definition with its placeholders, in hexadecimal digits: a change of the definition shows in a diff. */
  DIGEST: 'DefinitionSha256',
  EXISTING_DEFINITION: 'ExistingDefinition',
  ON_REMOVAL: 'OnRemoval',
  /** The name of the bucket for replaced definitions. Absent if nothing can be replaced. */
  BACKUP_BUCKET: 'BackupBucket',
} as const;

/** The objects in the bucket for replaced definitions, below `<workspace id>/<last part of the stack id>/`. */
export const BackupObject = {
  /** The definition that the workspace had before. Empty if it had none. */
  ORIGINAL: 'original.yml',
  /** The last definition that somebody edited between two deployments. */
  EDITED: 'edited.yml',
} as const;
