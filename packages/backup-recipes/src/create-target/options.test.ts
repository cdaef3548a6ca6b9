import { describe, expect, it } from 'vitest';
import { PreflightError } from '../preflight-error.js';
import { resolveCreateOptions, type CreateBackupTargetOptions } from './options.js';
import { datasetOptions, poolOptions } from './wanted.js';

const problems = (options: unknown): string[] => {
  try {
    resolveCreateOptions(options as CreateBackupTargetOptions);
  } catch (error) {
    if (PreflightError.isInstance(error)) {
      return error.problems.map(
        ({ option, problem, value }) => `${option}${value === undefined ? '' : ` ${value}`}: ${problem}`,
      );
    }
    throw error;
  }
  return [];
};

const mirror = ['/dev/disk/by-id/one', '/dev/disk/by-id/two'];
const right = { target: 'archives/backups', mirror };

describe('resolveCreateOptions', () => {
  it('fills in what suits images', () => {
    const resolved = resolveCreateOptions(right);
    expect(poolOptions(resolved)).toEqual({
      name: 'archives',
      vdevs: [{ type: 'mirror', devices: mirror }],
      properties: { ashift: '12', autotrim: 'off' },
    });
    expect(datasetOptions(resolved)).toEqual({
      name: 'archives/backups',
      parents: true,
      properties: {
        ...{ casesensitivity: 'sensitive', normalization: 'none', utf8only: 'off' },
        ...{ compression: 'lz4', recordsize: '131072', atime: 'off', xattr: 'sa', acltype: 'posix' },
        ...{ canmount: 'on', readonly: 'off' },
      },
    });
  });

  it('takes all options', () => {
    const resolved = resolveCreateOptions({
      ...{ ...right, compression: 'zstd-3', recordsizeBytes: 65_536, mountpoint: '/srv/backups', mend: true },
      limits: { readMs: 5000 },
    });
    expect(datasetOptions(resolved).properties).toMatchObject({
      ...{ compression: 'zstd-3', recordsize: '65536', mountpoint: '/srv/backups' },
    });
    expect(resolved.limits.readMs).toBe(5000);
  });

  it.each([
    [{ target: 'archives' }, ['target archives: a pool itself']],
    [{ target: '-f/x' }, ['target -f/x: not the name of a ZFS dataset']],
    [{ ...right, mirror: ['/dev/sda'] }, ['mirror /dev/sda: one device has no second copy']],
    [{ ...right, mirror: ['/dev/sda', '/dev/sda'] }, ['mirror[1] /dev/sda: named twice']],
    [{ ...right, mirror: ['sda', '/dev/sdb'] }, ['mirror[0] sda: not the absolute path']],
    [{ ...right, compression: 'gzip' }, ['compression gzip: not lz4']],
    [{ ...right, recordsizeBytes: 100_000 }, ['recordsizeBytes 100000: not a power of two']],
    [{ ...right, recordsizeBytes: 2048 }, ['recordsizeBytes 2048: not a power of two']],
    [{ ...right, mountpoint: 'legacy' }, ['mountpoint legacy: not the absolute path']],
    [{ ...right, force: true }, ['force: is no option: expected one of ']],
  ])('lists what is wrong: %j', (options, expected) => {
    const found = problems(options);
    expect(found).toHaveLength(expected.length);
    for (const [index, words] of expected.entries()) expect(found[index]).toContain(words);
  });
});
