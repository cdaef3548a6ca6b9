import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCommand, localTransport, run } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { inOwnMounts, inSnapshot, snapshotFunctions } from './in-snapshot.js';

describe('inSnapshot', () => {
  it('is the command in a mount namespace of its own, with what it is given', () => {
    const command = createCommand('cat', ['--', '/archives/a b'], { effect: 'read', stdin: 'x' });
    const inside = inSnapshot(command, { snapshot: 'archives/backups@1', folder: '/archives' });
    expect(inside).toMatchObject({ file: 'unshare', effect: 'read', stop: 'kill', stdin: 'x' });
    expect(inside.args.slice(0, 6)).toEqual(['--mount', '--propagation', 'slave', '--', 'sh', '-c']);
    expect(inside.args.slice(-5)).toEqual(['archives/backups@1', '/archives', 'cat', '--', '/archives/a b']);
  });

  it('runs nothing where the snapshot can not be mounted', async () => {
    const folder = '/var/empty-of-quiesce';
    const command = inSnapshot(createCommand('echo', ['it ran'], { effect: 'read' }), {
      snapshot: 'no/such@1',
      folder,
    });
    await expect(run(localTransport(), command)).rejects.toThrow();
  });

  it.each([
    ['waits for one that is busy', 'mountpoint or dataset is busy', 2, 0],
    ['gives up on any other failure', 'filesystem can not be mounted', 1, 1],
  ])('%s', async (_, message, tries, code) => {
    const folder = await mkdtemp(join(tmpdir(), 'quiesce-mount-'));
    // Of zfs it fails the first time, and is no mount afterwards; the rest it does.
    const mount = [
      '#!/bin/sh',
      'case "$*" in *zfs*) ;; *) exit 0;; esac',
      'echo x >>"$COUNTED/tries"',
      `[ "$(wc -l <"$COUNTED/tries")" -gt 1 ] || { echo "zfs_mount_at() failed: ${message}" >&2; exit 1; }`,
    ];
    await writeFile(join(folder, 'mount'), `${mount.join('\n')}\n`, { mode: 0o755 });
    await writeFile(join(folder, 'umount'), '#!/bin/sh\n', { mode: 0o755 });
    const script = `PATH=$COUNTED:$PATH; ${snapshotFunctions}\nmount_snapshot tank/backups@1 /nowhere`;
    const command = createCommand('sh', ['-c', script], { effect: 'read', env: { COUNTED: folder } });
    const { exitCode, stderr } = await run(localTransport(), command, { successCodes: [0, 1] });
    expect([exitCode, stderr]).toEqual([code, code === 0 ? '' : `zfs_mount_at() failed: ${message}\n`]);
    expect((await readFile(join(folder, 'tries'), 'utf8')).match(/x/g)).toHaveLength(tries);
    await rm(folder, { recursive: true });
  });

  it('keeps what is mounted to itself', () => {
    expect(inOwnMounts(createCommand('true', [], { effect: 'read' })).args).toEqual([
      ...['--mount', '--propagation', 'slave', '--', 'true'],
    ]);
  });
});
