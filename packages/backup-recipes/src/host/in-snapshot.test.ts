import { createCommand, localTransport, run } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { inOwnMounts, inSnapshot } from './in-snapshot.js';

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

  it('keeps what is mounted to itself', () => {
    expect(inOwnMounts(createCommand('true', [], { effect: 'read' })).args).toEqual([
      ...['--mount', '--propagation', 'slave', '--', 'true'],
    ]);
  });
});
