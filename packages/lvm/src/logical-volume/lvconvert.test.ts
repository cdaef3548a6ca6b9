import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { lvconvertCommand, type LvconvertOptions } from './lvconvert.js';

const options: LvconvertOptions = { type: 'snapshot', origin: '/dev/SSD/images', volume: 'SSD/images.1' };

describe('lvconvertCommand', () => {
  it('builds the defaults', () => {
    expect(lvconvertCommand(options)).toEqual({
      file: 'lvm',
      args: [
        ...['lvconvert', '-qq', '--config', 'log/report_command_log=0', '--yes', '--type', 'snapshot'],
        ...['--zero', 'y', '--', 'SSD/images', 'SSD/images.1'],
      ],
      env: { LVM_SUPPRESS_FD_WARNINGS: '1' },
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const all = { ...options, chunkSizeBytes: 524_288, zero: false, udevSync: false, waitForLock: false };
    expect(lvconvertCommand(all).args).toEqual([
      ...['lvconvert', '-qq', '--config', 'log/report_command_log=0 global/wait_for_locks=0', '--yes'],
      ...['--type', 'snapshot', '--chunksize', '524288b', '--noudevsync', '--zero', 'n'],
      ...['--', 'SSD/images', 'SSD/images.1'],
    ]);
  });

  it.each<[string, Partial<LvconvertOptions>]>([
    ['zeroing without udev', { udevSync: false }],
    ['a volume of another group', { volume: 'raid5/images.1' }],
    ['the origin itself', { volume: '/dev/mapper/SSD-images' }],
    ['a group', { volume: 'SSD' }],
    ['an option', { origin: '--merge' }],
    ['an origin too long for a snapshot', { origin: `SSD/${'a'.repeat(119)}` }],
    ['a volume too long for a snapshot', { volume: `SSD/${'a'.repeat(120)}` }],
    ['a chunk size that is too large', { chunkSizeBytes: 1_048_576 }],
    ['a type that there is not', { type: 'thin' as 'snapshot' }],
  ])('refuses %s', (_what, changed) => {
    expect(() => lvconvertCommand({ ...options, ...changed })).toThrow(InvalidArgumentError);
  });
});
