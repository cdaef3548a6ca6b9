import { createCommand, run } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { witnessImage } from './image-witness.js';

const guest = { volume: '/dev/raid5/VM.images', image: '/srv/raid5/VM.images/Server-Tim.img' };
const mount = (folder: string): ReturnType<typeof createCommand> =>
  createCommand('mount', ['-o', 'ro', '--', '/dev/raid5/VM.images.1', folder]);

describe('the witness of an image', () => {
  it('reads the image in the mounted snapshot before the mount is reported as done', async () => {
    const scripted = scriptedTransport(({ file }) => (file === 'b2sum' ? { stdout: 'abc *file\n' } : {}));
    const witness = witnessImage(scripted, guest);
    expect(witness.witnessed()).toBeUndefined();
    await run(witness.transport, mount('/run/backup/1/raid5.VM.images'));
    expect(witness.witnessed()).toEqual({ digest: 'abc' });
    expect(scripted.commands.map(({ file, args }) => [file, args.at(-1)])).toEqual([
      ['mount', '/run/backup/1/raid5.VM.images'],
      ['b2sum', '/run/backup/1/raid5.VM.images/Server-Tim.img'],
    ]);
  });

  it('does nothing about other volumes and failed mounts', async () => {
    const scripted = scriptedTransport(({ args }) => ({ exitCode: args.at(-1)?.endsWith('raid5.VM.images') ? 32 : 0 }));
    const witness = witnessImage(scripted, guest);
    await run(witness.transport, mount('/run/backup/1/SSD.images'));
    await expect(run(witness.transport, mount('/run/backup/1/raid5.VM.images'))).rejects.toThrow('exit code 32');
    expect(scripted.commands.map(({ file }) => file)).toEqual(['mount', 'mount']);
    expect(witness.witnessed()).toBeUndefined();
  });

  it('does not fail the backup when it cannot read', async () => {
    const scripted = scriptedTransport(({ file }) => ({ exitCode: file === 'b2sum' ? 1 : 0 }));
    const witness = witnessImage(scripted, guest);
    await run(witness.transport, mount('/run/backup/1/raid5.VM.images'));
    expect(witness.witnessed()).toHaveProperty('error');
  });
});
