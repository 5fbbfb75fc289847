import { digestOf, type Writer } from './stamp';

/** More receivers are not listed. */
const MAX_LISTED_RECEIVERS = 8;

/** Somebody else's definition, with what a person needs to recognize it, and the ways out. */
export function refuseExisting(workspaceId: string, text: string): Error {
  return new Error(`the workspace ${workspaceId} has an alert manager definition that this resource did not write (${describe(text)}). `
    + 'Nothing was changed. Move what you need of it to your alertmanager.yml, then deploy with '
    + 'existingDefinition: ExistingDefinition.REPLACE, which keeps a copy and can restore it on removal; or delete the definition first');
}

/** Two resources of one stack would undo each other's work when one of them is removed. */
export function refuseOtherResource(workspaceId: string, { logicalId }: Writer): Error {
  return new Error(`the resource ${logicalId} of this stack sets the alert manager definition of the workspace ${workspaceId} already. `
    + 'A workspace has one definition. After a change of construct ids, remove the construct in one deployment and add it in the next, '
    + 'or keep the logical id with overrideLogicalId');
}

/** The bucket left the stack with REPLACE, and with it the permission to read it. */
export function refuseToForget(bucket: string): Error {
  return new Error(`the definition that this resource replaced is kept in the bucket ${bucket}, and could not be restored without it: `
    + 'leave existingDefinition: ExistingDefinition.REPLACE as it is, or choose OnRemoval.DELETE or OnRemoval.KEEP');
}

function describe(text: string): string {
  const receivers = receiverNames(text);
  const listed = receivers.slice(0, MAX_LISTED_RECEIVERS).join(', ');
  const more = receivers.length > MAX_LISTED_RECEIVERS ? ` and ${receivers.length - MAX_LISTED_RECEIVERS} more` : '';
  return `${Buffer.byteLength(text)} bytes, SHA-256 ${digestOf(text)}${receivers.length === 0 ? '' : `, receivers: ${listed}${more}`}`;
}

/** The names below `receivers:`, line by line: a definition of somebody else need not be valid. */
function receiverNames(text: string): string[] {
  const [, section = ''] = /^\s*receivers:\s*\n([^]*)/m.exec(text) ?? [];
  return [...section.matchAll(/^\s*(?:-\s+)?name:\s*['"]?([^'"#\n]{1,64})/gm)].map((match) => match[1].trim());
}
