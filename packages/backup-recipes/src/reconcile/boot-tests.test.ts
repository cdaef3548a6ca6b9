import { describe, expect, it } from 'vitest';
import { ReconcileFailedError } from './reconcile-failed-error.js';
import { reconcile } from './reconcile.js';
import { cleanHost, reach, type FakeHost } from './testing/fake-host.js';

const dead = '1364083186-0a0b0c0d';
const kept = '1364083286-00000001';
const uuid = '00000000-0000-0000-0000-000000000007';

function hostAfterTests(): FakeHost {
  const host = cleanHost();
  host.domains.push(
    { name: `quiesce-boot-${dead}`, uuid, state: 'running', mark: undefined, bootMark: dead },
    { name: 'quiesce-boot-mine', uuid: uuid.replace('7', '8'), state: 'running', mark: undefined },
  );
  for (const runId of [dead, kept]) {
    host.folders.add(`/run/quiesce-boot/${runId}`);
    host.datasets.push(`archives/backups@quiesce-boot-${runId}\t${runId}`, `archives/quiesce-boot-${runId}\t${runId}`);
  }
  host.keptTests.add(kept);
  host.datasets.push(`archives/other\t${dead}`);
  return host;
}

const things = [
  ['test-guest', `quiesce-boot-${dead}`],
  ['test-clone', `archives/quiesce-boot-${dead}`],
  ['test-snapshot', `archives/backups@quiesce-boot-${dead}`],
  ['folder', `/run/quiesce-boot/${dead}`],
];

describe('reconcile, of boot tests', () => {
  it('finds what is of one that nobody sees to, in the order in which it has to go', async () => {
    const { found, unseen } = await reconcile({ transport: reach(hostAfterTests()) }).plan();
    expect(unseen).toEqual([]);
    expect(found.map(({ kind, name }) => [kind, name])).toEqual(things);
    expect(found.map(({ undo }) => undo.map(({ args, file }) => [file, ...args].join(' ')))).toEqual([
      [`virsh -c qemu:///system destroy --domain=${uuid}`],
      [`zfs destroy -vp -r -- archives/quiesce-boot-${dead}`],
      [`zfs destroy -vp -- archives/backups@quiesce-boot-${dead}`],
      [`rm -rf --one-file-system -- /run/quiesce-boot/${dead}`],
    ]);
  });

  it('removes it, and nothing of one that is under way', async () => {
    const host = hostAfterTests();
    const { undone } = await reconcile({ transport: reach(host) }).run();
    expect(undone.map(({ kind, name }) => [kind, name])).toEqual(things);
    expect(host.domains.map(({ name }) => name)).toEqual(['Server-Tim', 'quiesce-boot-mine']);
    expect([...host.folders]).toEqual([`/run/quiesce-boot/${kept}`]);
    expect((await reconcile({ transport: reach(host) }).run()).undone).toEqual([]);
  });

  it('leaves the snapshot and the folder of a clone that it can not destroy', async () => {
    const host = hostAfterTests();
    host.replies.set(`zfs destroy -vp -r -- archives/quiesce-boot-${dead}`, {
      exitCode: 1,
      stderr: 'cannot destroy\n',
    });
    const error: unknown = await reconcile({ transport: reach(host) })
      .run()
      .catch((reason: unknown) => reason);
    if (!ReconcileFailedError.isInstance(error)) throw new Error('it did not fail', { cause: error });
    expect(error.report.undone.map(({ kind }) => kind)).toEqual(['test-guest']);
    expect(error.report.left.map(({ kind }) => kind)).toEqual(['test-clone', 'test-snapshot', 'folder']);
    expect(host.folders.has(`/run/quiesce-boot/${dead}`)).toBe(true);
  });

  it('removes nothing where it can not be told who sees to a test', async () => {
    const host = hostAfterTests();
    host.replies.set('boot-tests', { exitCode: 1, stderr: 'flock: not there\n' });
    const plan = await reconcile({ transport: reach(host) }).plan();
    expect(plan.found).toEqual([]);
    expect(plan.unseen.map(({ subject }) => subject)).toEqual(['/run/quiesce-boot']);
  });

  it('only reads for that', async () => {
    const transport = reach(hostAfterTests());
    await reconcile({ transport }).plan();
    expect(transport.commands.filter(({ effect }) => effect === 'write')).toEqual([]);
  });
});
