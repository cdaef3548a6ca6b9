import * as backupRecipes from '@quiesce/backup-recipes';
import * as command from '@quiesce/command';
import * as lvm from '@quiesce/lvm';
import * as rsync from '@quiesce/rsync';
import * as virsh from '@quiesce/virsh';
import * as zfs from '@quiesce/zfs';
import { describe, expect, it } from 'vitest';

/** The error classes that a package exports, by the name that `isInstance` knows them by. */
function errorNames(exported: object): string[] {
  return Object.values(exported).flatMap((value: unknown) =>
    typeof value === 'function' && 'errorName' in value ? [String(value.errorName)] : [],
  );
}

describe('the names of errors', () => {
  it('are different in all packages: isInstance tells classes apart by nothing else', () => {
    const names = [command, virsh, lvm, zfs, rsync, backupRecipes].flatMap(errorNames);
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('are those of the classes', () => {
    const classes = Object.entries({ ...command, ...virsh, ...lvm, ...zfs, ...rsync, ...backupRecipes });
    const errors = classes.filter(([, value]) => typeof value === 'function' && 'errorName' in value);
    for (const [name, value] of errors) expect(value).toHaveProperty('errorName', name);
  });
});
