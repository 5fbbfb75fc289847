import { gzipSync } from 'node:zlib';
import { bodyOf, definition, DefinitionWorld, propertiesFor, REPLACE } from './support';
import { formatAnswer } from '../../../lambda/definition/respond';

let world: DefinitionWorld;
let delay = 0;
let workspaces = 0;

beforeAll(async () => {
  world = await DefinitionWorld.start({
    delay: () => delay,
    validate: (text) => (text.includes('unknown_field') ? 'error validating Alertmanager config: line 2: field unknown_field not found' : undefined),
  });
});
afterAll(async () => world.stop());
beforeEach(() => { delay = 2; });

function newWorkspace(existing?: string): string {
  const id = `ws-${++workspaces}`;
  world.plane.createWorkspace(id, existing);
  return id;
}

const ours = definition('pagerduty');
const theirs = definition('hand-made');

test('a workspace without a definition gets one, and has none after the removal', async () => {
  const id = newWorkspace();
  const stack = await world.newStack(id);
  expect(await stack.deploy(propertiesFor(id, ours))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `${id}/alert-manager-definition` });
  expect(bodyOf(world.plane.effective(id))).toBe(ours);

  expect(await stack.remove()).toMatchObject({ Status: 'SUCCESS' });
  expect(world.plane.effective(id)).toBeUndefined();
});

test('values of the deployment take the place of their placeholders, literally', async () => {
  const id = newWorkspace();
  const properties = { ...propertiesFor(id, definition('@@VALUE1@@')), Values: { '@@VALUE1@@': 'arn:aws:sns:$&:$1' } };
  await (await world.newStack(id)).deploy(properties);
  expect(bodyOf(world.plane.effective(id))).toBe(definition('arn:aws:sns:$&:$1'));
});

describe('an existing definition', () => {
  test('is refused with its size, digest, and receivers, and stays', async () => {
    const id = newWorkspace(theirs);
    const answer = await (await world.newStack(id)).deploy(propertiesFor(id, ours));
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toMatch(/has an alert manager definition that this resource did not write \(\d+ bytes, SHA-256 [0-9a-f]{64}, receivers: hand-made\)/);
    expect(answer.Reason).toContain('ExistingDefinition.REPLACE');
    expect(world.plane.effective(id)).toBe(theirs);
  });

  test('that says the same is adopted, and stays after the removal', async () => {
    const id = newWorkspace(ours);
    const stack = await world.newStack(id);
    expect(await stack.deploy(propertiesFor(id, ours))).toMatchObject({ Status: 'SUCCESS' });
    await stack.remove();
    expect(world.plane.effective(id)).toBe(ours);
  });

  test.each([
    ['RESTORE', theirs],
    ['DELETE', undefined],
    ['KEEP', ours],
  ])('that was replaced: %s on removal', async (onRemoval, expected) => {
    const id = newWorkspace(theirs);
    const stack = await world.newStack(id);
    expect(await stack.deploy(propertiesFor(id, ours, { ...REPLACE, OnRemoval: onRemoval }))).toMatchObject({ Status: 'SUCCESS' });
    expect(bodyOf(world.plane.effective(id))).toBe(ours);
    await stack.remove();
    expect(bodyOf(world.plane.effective(id))).toBe(expected);
  });

  test('is back when the creation of the stack is rolled back', async () => {
    const id = newWorkspace(theirs);
    await (await world.newStack(id)).deploy(propertiesFor(id, ours, REPLACE), true);
    expect(world.plane.effective(id)).toBe(theirs);
  });

  test('is not forgotten by a change to REFUSE, which is refused', async () => {
    const id = newWorkspace(theirs);
    const stack = await world.newStack(id);
    await stack.deploy(propertiesFor(id, ours, REPLACE));
    const answer = await stack.deploy(propertiesFor(id, ours));
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('kept in the bucket backups') as unknown });
    await stack.remove();
    expect(world.plane.effective(id)).toBe(theirs);
  });
});

test('a change to REFUSE that is rolled back after an edit in the console does not forget the original', async () => {
  const id = newWorkspace(theirs);
  const stack = await world.newStack(id);
  await stack.deploy(propertiesFor(id, ours, REPLACE));
  world.plane.createWorkspace(id, definition('edited'));
  await stack.deploy(propertiesFor(id, ours), true);
  expect(bodyOf(world.plane.effective(id))).toBe(ours);
  await stack.remove();
  expect(world.plane.effective(id)).toBe(theirs);
});

test('a rollback into a workspace that somebody changed meanwhile fails, and leaves the change', async () => {
  const [first, second] = [newWorkspace(), newWorkspace()];
  const stack = await world.newStack(first);
  await stack.deploy(propertiesFor(first, ours));
  world.plane.createWorkspace(first, theirs);
  await stack.deploy(propertiesFor(second, ours), true);
  expect(stack.failedRollback?.Reason).toContain('did not write');
  expect(world.plane.effective(first)).toBe(theirs);
});

describe('AMP does not accept the definition', () => {
  test.each([
    ['at once', 'route: {}', 'alertmanager_config is missing'],
    ['later', definition('unknown_field'), 'line 2: field unknown_field not found'],
  ])('%s: its reason is the error, and the last definition stays in effect', async (_when, text, reason) => {
    const id = newWorkspace();
    const stack = await world.newStack(id);
    await stack.deploy(propertiesFor(id, ours));
    const answer = await stack.deploy(propertiesFor(id, text));
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(reason) as unknown });
    expect(bodyOf(world.plane.effective(id))).toBe(ours);
  });

  test('in a creation: nothing is left behind', async () => {
    const id = newWorkspace();
    expect(await (await world.newStack(id)).deploy(propertiesFor(id, definition('unknown_field')))).toMatchObject({ Status: 'FAILED' });
    expect(world.plane.effective(id)).toBeUndefined();
  });
});

test('a workspace that does not exist fails the creation with the reason of AMP, and does not block the removal', async () => {
  const stack = await world.newStack('missing');
  expect(await stack.deploy(propertiesFor('ws-missing', ours))).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('Workspace not found') as unknown });

  const id = newWorkspace();
  const gone = await world.newStack(id);
  await gone.deploy(propertiesFor(id, ours));
  world.plane.deleteWorkspace(id);
  expect(await gone.remove()).toMatchObject({ Status: 'SUCCESS' });
});

test('throttling delays, and does not fail', async () => {
  const id = newWorkspace();
  world.plane.throttled = 3;
  expect(await (await world.newStack(id)).deploy(propertiesFor(id, ours))).toMatchObject({ Status: 'SUCCESS' });
});

test('a request that is delivered twice at the same time, or again later, changes nothing', async () => {
  const id = newWorkspace();
  const events: object[] = [];
  const stack = await world.newStack(id, async (event) => {
    events.push(event);
    await Promise.all([world.fn.invoke(event), world.twin.invoke(event)]);
  });
  await stack.deploy(propertiesFor(id, ours));
  const [creation] = events;
  const changed = definition('changed');
  await stack.deploy(propertiesFor(id, changed));
  await world.fn.invoke(creation);
  expect(bodyOf(world.plane.effective(id))).toBe(changed);
});

test('an edit in the console is overwritten by the next change, and stays after a removal', async () => {
  const id = newWorkspace();
  const stack = await world.newStack(id);
  await stack.deploy(propertiesFor(id, ours, REPLACE));
  const edited = definition('edited');
  world.plane.createWorkspace(id, edited);
  await stack.deploy(propertiesFor(id, definition('second'), REPLACE));
  expect(bodyOf(world.plane.effective(id))).toBe(definition('second'));
  expect([...world.objects.objects.values()]).toContain(edited);

  world.plane.createWorkspace(id, edited);
  await stack.remove();
  expect(world.plane.effective(id)).toBe(edited);
});

test('another workspace: the new one gets the definition, the old one its own back', async () => {
  const [first, second] = [newWorkspace(theirs), newWorkspace()];
  const stack = await world.newStack(first);
  await stack.deploy(propertiesFor(first, ours, REPLACE));
  await stack.deploy(propertiesFor(second, ours, REPLACE));
  expect(world.plane.effective(first)).toBe(theirs);
  expect(bodyOf(world.plane.effective(second))).toBe(ours);
});

test('a move to a workspace that refuses leaves both as they were', async () => {
  const [first, second] = [newWorkspace(), newWorkspace(theirs)];
  const stack = await world.newStack(first);
  await stack.deploy(propertiesFor(first, ours));
  expect(await stack.deploy(propertiesFor(second, ours))).toMatchObject({ Status: 'FAILED' });
  expect(bodyOf(world.plane.effective(first))).toBe(ours);
  expect(world.plane.effective(second)).toBe(theirs);
});

test.each([
  ['no properties', {}, 'WorkspaceId is missing'],
  ['an unknown choice', propertiesFor('ws-x', ours, { OnRemoval: 'RETAIN' }), 'OnRemoval is "RETAIN"; it must be one of RESTORE, DELETE, KEEP'],
  ['a definition that is not the one of the digest', { ...propertiesFor('ws-x', ours), Definition: gzipSync('other').toString('base64') }, 'does not match its digest'],
])('%s: the creation fails, and its removal succeeds', async (name, properties, reason) => {
  world.plane.createWorkspace('ws-x');
  const answer = await (await world.newStack(name)).deploy(properties);
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(reason) as unknown });
});

test('an answer fits whatever the reason', () => {
  const origin = {
    requestType: 'Create' as const, requestId: 'r', stackId: 's'.repeat(1000), logicalId: 'l'.repeat(255), responseUrl: new URL('http://localhost'),
  };
  for (const reason of ['x'.repeat(10_000), '\u{1F600}'.repeat(10_000), '"\n\\'.repeat(5000)]) {
    const answer = formatAnswer(origin, { status: 'FAILED', physicalId: 'p'.repeat(1000), reason });
    expect(Buffer.byteLength(answer)).toBeLessThanOrEqual(4096);
    expect((JSON.parse(answer) as { Reason: string }).Reason).toMatch(/…$/);
  }
});
