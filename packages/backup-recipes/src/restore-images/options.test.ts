import { localTransport } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { PreflightError } from '../preflight-error.js';
import { resolveRestoreOptions, type RestoreImagesOptions } from './options.js';

const good: RestoreImagesOptions = { target: 'archives/backups', restore: { guest: 'MySQL' } };

function problemsOf(options: Readonly<Record<string, unknown>>): string[] {
  try {
    resolveRestoreOptions({ ...good, ...options });
    return [];
  } catch (error) {
    if (!PreflightError.isInstance(error)) throw error;
    return error.problems.map(
      ({ option, problem, value }) => `${option}${value === undefined ? '' : ` ${value}`}: ${problem}`,
    );
  }
}

describe('resolveRestoreOptions', () => {
  it('fills in the defaults', () => {
    expect(resolveRestoreOptions(good)).toMatchObject({
      ...{ target: 'archives/backups', what: { kind: 'guest', guest: 'MySQL' }, backup: 'newest', to: {} },
      ...{ runningGuests: 'refuse', incomplete: 'refuse', limits: { copyMs: 86_400_000 } },
    });
  });

  it('takes one name for a list, and a plain path for any', () => {
    const transport = localTransport();
    const resolved = resolveRestoreOptions({
      ...good,
      ...{ restore: { images: 'SSD.images/MySQL.img' }, to: { file: '/srv//new/./MySQL.img', transport } },
    });
    expect(resolved.what).toEqual({ kind: 'images', images: ['SSD.images/MySQL.img'] });
    expect(resolved.to).toEqual({ file: '/srv/new/MySQL.img' });
    expect(resolved.destination).toBe(transport);
    expect(resolved.transport).not.toBe(transport);
  });

  it('takes a volume for one image', () => {
    const volume = { group: 'SSD', name: 'MySQL' };
    const resolved = resolveRestoreOptions({ ...good, restore: { images: 'SSD.images/MySQL.img' }, to: { volume } });
    expect(resolved.to).toEqual({ volume });
    expect(resolved.destination).toBe(resolved.transport);
  });

  it.each([
    [{ target: '-x' }, 'target -x: not the name of a ZFS dataset'],
    [{ restore: 'all' }, 'restore all: expected { guest }'],
    [{ restore: { guest: '' } }, 'restore.guest : empty'],
    [{ restore: { guest: 'a', volume: '/dev/a/b' } }, 'expected { guest }'],
    [{ restore: { images: [] } }, 'restore.images []: empty'],
    [{ restore: { images: 'MySQL.img' } }, 'restore.images MySQL.img: not a file below the target'],
    [{ restore: { images: 'SSD.images/../x' } }, 'restore.images SSD.images/../x: not a file'],
    [{ restore: { images: '/SSD.images/x' } }, 'restore.images /SSD.images/x: not a file'],
    [{ restore: { volume: 'SSD/images' } }, 'restore.volume SSD/images: not a volume'],
    [{ restore: { hostFiles: 'etc/fstab' } }, 'restore.hostFiles etc/fstab: not an absolute path'],
    [{ backup: 'daily.1' }, "backup daily.1: not 'newest', 'now', a Date or a snapshot"],
    [{ restore: { hostFiles: '/' } }, 'restore.hostFiles /: not an absolute path below /'],
    [{ restore: { hostFiles: ['/etc', '/./'] } }, 'restore.hostFiles /: not an absolute path below /'],
    [{ backup: 'archives/backups@' }, 'backup archives/backups@: not'],
    [{ to: { file: '/dev//SSD/MySQL' } }, 'to.file /dev/SSD/MySQL: what is in /dev is no file: give to: { volume:'],
    [{ backup: 'tank@daily.1' }, 'backup tank@daily.1: not'],
    [{ backup: new Date('never') }, 'backup Invalid Date: expected'],
    [{ backup: 7 }, "backup 7: expected 'newest'"],
    [{ to: { folder: 'here' } }, 'to.folder here: not an absolute path'],
    [{ to: { folder: '/srv/../etc' } }, 'to.folder /srv/../etc: not an absolute path'],
    [{ to: { folder: '/' } }, 'to.folder /: not an absolute path below /'],
    [{ to: { file: '/srv/a.img' } }, 'to.file /srv/a.img: it is for one image'],
    [{ to: { volume: { group: 'SSD', name: 'new' } } }, 'to.volume new: it is for one image'],
    [{ to: { volume: { group: 'SSD' } } }, 'to.volume.name: is missing: expected a text'],
    [{ to: { volume: { group: '-x', name: 'new' } } }, 'to.volume.group -x: expected the name of a volume group'],
    [{ to: { volume: { group: 'SSD', name: 'a/b' } } }, 'to.volume.name a/b: expected the name of a logical volume'],
    [{ to: { volume: { group: 'SSD', name: 'snapshot1' } } }, 'a name that LVM does not reserve'],
    [{ to: { volume: { group: 'SSD', name: 'a'.repeat(127) } } }, 'a name that is 5 bytes shorter'],
    [{ incomplete: 'allow' }, 'incomplete allow: it needs a state that is named'],
    [{ limits: { copyMs: 1 } }, 'limits.copyMs 1: not milliseconds'],
    [{ overwrite: true }, 'overwrite'],
  ])('refuses %j', (options, problem) => {
    expect(problemsOf(options).join('\n')).toContain(problem);
  });
});
