import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { bodyOf, definition, DefinitionWorld, propertiesFor, REPLACE } from './support';
import type { AcceptedOperation } from '../../../sandbox/amp/control-plane';
import type { CustomResourceAnswer, CustomResourceStack, Properties } from '../../../sandbox/aws/custom-resource';

interface Deployment {
  readonly do: 'deploy';
  readonly version: number;
  readonly workspace: 0 | 1;
  readonly replace: boolean;
  readonly onRemoval: 'RESTORE' | 'DELETE' | 'KEEP';
  readonly valid: boolean;
  readonly othersFail: boolean;
}

/** What people, CloudFormation, and Lambda do, one after the other. */
type Step =
  | Deployment
  | { readonly do: 'remove' }
  | { readonly do: 'edit'; readonly workspace: 0 | 1; readonly text: number }
  | { readonly do: 'deleteInConsole'; readonly workspace: 0 | 1 };

interface History {
  readonly existing: ReadonlyArray<number | undefined>;
  readonly steps: readonly Step[];
  readonly delays: readonly number[];
  readonly throttled: readonly number[];
  /** Whether each request is delivered once, twice in sequence, twice at once, or again before the next request. */
  readonly delivery: ReadonlyArray<'once' | 'twice' | 'at once' | 'late'>;
}

const workspace = fc.constantFrom(0 as const, 1 as const);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('deploy' as const),
      version: fc.nat(3),
      workspace,
      replace: fc.boolean(),
      valid: fc.boolean(),
      othersFail: fc.boolean(),
      onRemoval: fc.constantFrom('RESTORE' as const, 'DELETE' as const, 'KEEP' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), workspace, text: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deleteInConsole' as const), workspace }) },
);
/** Workspaces that somebody changed since the last deployment. */
const consoleChanged = new Set<string>();

const histories: fc.Arbitrary<History> = fc.record({
  existing: fc.tuple(fc.option(fc.nat(2), { nil: undefined }), fc.option(fc.nat(2), { nil: undefined })),
  steps: fc.array(step, { minLength: 1, maxLength: 8 }),
  delays: fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }),
  throttled: fc.array(fc.nat(2), { minLength: 1, maxLength: 6 }),
  delivery: fc.array(fc.constantFrom('once' as const, 'twice' as const, 'at once' as const, 'late' as const), { minLength: 1, maxLength: 6 }),
});

const theirs = (text: number): string => definition(`console-${text}`);
const version = (number: number, valid: boolean): string => definition(valid ? `version-${number}` : `unknown_field-${number}`);

describe.each([[true], [false]])('a description after a failed update shows the failed definition: %s', (showsFailedUpdate) => {
  let delays: readonly number[] = [0];
  let operations = 0;
  let runs = 0;
  let world: DefinitionWorld;

  beforeAll(async () => {
    world = await DefinitionWorld.start({
      delay: () => delays[operations++ % delays.length],
      validate: (text) => (text.includes('unknown_field') ? 'error validating Alertmanager config' : undefined),
      showsFailedUpdate,
    });
  });
  afterAll(async () => world.stop());

  test('whatever happens in whatever order, AMP ends with what was deployed, or with what the customer wrote', async () => {
    await fc.assert(fc.asyncProperty(histories, async (history) => play(history)), { numRuns: 60 });
  }, 120_000);

  async function play(history: History): Promise<void> {
    const run = `run-${showsFailedUpdate ? 'a' : 'b'}-${++runs}`;
    const ids = [`ws-${run}-0`, `ws-${run}-1`];
    ids.forEach((id, index) => {
      const text = history.existing[index];
      world.plane.createWorkspace(id, text === undefined ? undefined : theirs(text));
    });
    delays = history.delays;
    let requests = 0;
    let late: object | undefined;
    const stack = await world.newStack(run, async (event) => {
      const delivery = history.delivery[requests % history.delivery.length];
      world.plane.throttled = history.throttled[requests % history.throttled.length];
      requests += 1;
      if (late) await world.fn.invoke(late);
      late = delivery === 'late' ? event : undefined;
      await Promise.all([world.fn.invoke(event), ...(delivery === 'at once' ? [world.twin.invoke(event)] : [])]);
      if (delivery === 'twice') await world.fn.invoke(event);
    });

    const originals = new Map<string, Original>();
    for (const current of history.steps) {
      // An event that Lambda delivers again after somebody used the console is older than the function accepts.
      if (current.do === 'edit' || current.do === 'deleteInConsole') late = undefined;
      const before = snapshot(ids, stack);
      if (current.do === 'edit') noteEdit(originals, ids[current.workspace]);
      const accepted = world.plane.accepted.length;
      const answer = await perform(current, stack, ids);
      const after = snapshot(ids, stack);
      if (stack.failedRollback) {
        checkFailedRollback(stack.failedRollback, before, after);
        break;
      }
      noteOriginal(originals, before, after);
      checkOperations(world.plane.accepted.slice(accepted), before);
      checkDeployed(after);
      checkUntouched(current, answer, before, after);
      if (current.do === 'remove') checkRemoved(originals, before, after);
    }
    expect(stack.violations).toEqual([]);
  }

  async function perform(current: Step, stack: CustomResourceStack, ids: readonly string[]): Promise<CustomResourceAnswer | undefined> {
    switch (current.do) {
      case 'edit':
        consoleChanged.add(ids[current.workspace]);
        return void world.plane.createWorkspace(ids[current.workspace], theirs(current.text));
      case 'deleteInConsole':
        consoleChanged.add(ids[current.workspace]);
        return void world.plane.createWorkspace(ids[current.workspace]);
      case 'remove': return stack.remove();
      default:
        return deploy(current, stack, ids);
    }
  }

  async function deploy(current: Deployment, stack: CustomResourceStack, ids: readonly string[]): Promise<CustomResourceAnswer> {
    const answer = await stack.deploy(propertiesFor(ids[current.workspace], version(current.version, current.valid), {
      ...(current.replace && REPLACE), OnRemoval: current.onRemoval,
    }), current.othersFail);
    // What was deployed is in effect again: a rollback sets it, too.
    if (!stack.failedRollback) consoleChanged.clear();
    return answer;
  }

  function snapshot(ids: readonly string[], stack: CustomResourceStack): Snapshot {
    return {
      effective: new Map(ids.map((id) => [id, world.plane.effective(id)])),
      workspace: stack.deployed === undefined ? undefined : String(stack.deployed.WorkspaceId),
      deployed: stack.deployed,
    };
  }

  /** What a workspace had when the stack took it. */
  function noteOriginal(originals: Map<string, Original>, before: Snapshot, after: Snapshot): void {
    const { workspace: taken, deployed } = after;
    if (taken === undefined || taken === before.workspace) return;
    const text = before.effective.get(taken);
    // An own definition that was kept earlier, or one that is adopted without a copy, is nothing to restore.
    const isKnown = text === undefined || (!isOurs(text) && deployed?.BackupBucket !== undefined);
    originals.set(taken, { text, isKnown, hasCopy: deployed?.BackupBucket !== undefined });
  }

  /** Without a bucket, the comment in the definition alone says that there is no original. An edit takes it away. */
  function noteEdit(originals: Map<string, Original>, id: string): void {
    const original = originals.get(id);
    if (original && !original.hasCopy) originals.set(id, { ...original, isKnown: false });
  }

  /** Only what the function wrote is ever deleted. What others wrote is overwritten when the stack owns the definition, or with a copy. */
  function checkOperations(accepted: readonly AcceptedOperation[], before: Snapshot): void {
    for (const { operation, workspaceId, before: overwritten } of accepted.filter((one) => before.effective.has(one.workspaceId))) {
      if (operation === 'DeleteAlertManagerDefinition') {
        expect(overwritten).toMatch(OURS);
      } else if (overwritten !== undefined && !isOurs(overwritten) && before.workspace !== workspaceId) {
        expect(world.objects.versions).toContain(overwritten);
      }
    }
  }

  /** After a success, a failure, and a rollback alike: the last successful deployment is in effect. */
  function checkDeployed({ workspace: owned, deployed, effective }: Snapshot): void {
    if (owned !== undefined && deployed !== undefined && !consoleChanged.has(owned)) {
      expect(bodyOf(effective.get(owned))).toBe(textIn(deployed));
    }
  }

  /**
   * A rollback into a workspace that the stack had left meets what somebody wrote there in the console. Without a bucket for a copy,
   * it stays. People decide what happens next, so the history ends.
   */
  function checkFailedRollback(answer: CustomResourceAnswer, before: Snapshot, after: Snapshot): void {
    expect(answer.Reason).toContain('did not write');
    const owned = String(before.workspace);
    expect(before.deployed?.BackupBucket).toBeUndefined();
    expect(consoleChanged).toContain(owned);
    expect(after.effective.get(owned)).toBe(before.effective.get(owned));
  }

  /** A workspace that the stack does not own before and after has what it had. */
  function checkUntouched(current: Step, answer: CustomResourceAnswer | undefined, before: Snapshot, after: Snapshot): void {
    if (current.do !== 'deploy') return;
    const target = [...before.effective.keys()][current.workspace];
    if (answer?.Reason?.includes('did not write')) expect(after.effective.get(target)).toBe(before.effective.get(target));
    for (const [id, text] of before.effective) {
      const isDeleted = current.onRemoval === 'DELETE';
      if (before.workspace !== id && after.workspace !== id && (text === undefined || !isOurs(text)) && !isDeleted) {
        expect(after.effective.get(id)).toBe(text);
      }
    }
  }

  /** RESTORE brings back what the workspace had. An edit in the console stays, whatever the choice. */
  function checkRemoved(originals: ReadonlyMap<string, Original>, before: Snapshot, after: Snapshot): void {
    const { workspace: removed, deployed } = before;
    if (removed === undefined) return;
    const text = before.effective.get(removed);
    const original = originals.get(removed);
    if (text === undefined || !isOurs(text) || deployed?.OnRemoval === 'KEEP') {
      expect(after.effective.get(removed)).toBe(text);
    } else if (deployed?.OnRemoval === 'DELETE') {
      expect(after.effective.get(removed)).toBeUndefined();
    } else if (original?.isKnown && (original.text === undefined || deployed?.BackupBucket !== undefined)) {
      expect(after.effective.get(removed)).toBe(original.text);
    }
  }
});

interface Original {
  readonly text?: string;
  readonly isKnown: boolean;
  readonly hasCopy: boolean;
}

interface Snapshot {
  readonly effective: ReadonlyMap<string, string | undefined>;
  /** The workspace that the stack owns the definition of. */
  readonly workspace?: string;
  readonly deployed?: Properties;
}

const OURS = /^# Written by AWS CloudFormation: /;

function isOurs(text: string): boolean {
  return OURS.test(text);
}

function textIn(properties: Readonly<Record<string, unknown>>): string {
  return gunzipSync(Buffer.from(String(properties.Definition), 'base64')).toString('utf8');
}
