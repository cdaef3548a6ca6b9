import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { scriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { PreflightError } from '../preflight-error.js';
import { backupCommands } from './backup-programs.js';
import { leastRights, type LeastRights, type PlanWithRights } from './least-rights.js';
import { receiveRights } from './receive-rights.js';

const mounted = (target: string, folder = `/${target}`): string =>
  `36 28 0:31 / ${folder.replaceAll(' ', '\\040')} rw - zfs ${target.replaceAll(' ', '\\040')} rw\n`;
const plan = (recipe: PlanWithRights['recipe'], target = 'archives/backups') => ({ recipe, target }) as PlanWithRights;
const rightsOf = async (plans: PlanWithRights[], user = 'reader', stdout = mounted('archives/backups')) =>
  leastRights(plans, { user, transport: scriptedTransport(() => ({ stdout })) });
const refusal = async (rights: Promise<LeastRights>): Promise<string> => {
  const error = await rights.catch((reason: unknown) => reason);
  return PreflightError.isInstance(error) ? error.message : 'it was not refused';
};

/** Every file that a source imports, with those that they import. */
async function reached(file: string, seen = new Map<string, string>()): Promise<ReadonlyMap<string, string>> {
  if (seen.has(file)) return seen;
  const text = await readFile(file, 'utf8');
  seen.set(file, text);
  const imports = [...text.matchAll(/^(?:import(?! type)|export) [^;]*? from '(\.[^']+)\.js';/gm)];
  for (const [, name = ''] of imports) await reached(path.resolve(path.dirname(file), `${name}.ts`), seen);
  return seen;
}

describe('leastRights', () => {
  it('is one line of sudoers, and one program', async () => {
    const { sudoers, sudoersPath, doorPath, amountsToRoot, recipes } = await rightsOf([plan('listBackups')]);
    expect(sudoers.split('\n').slice(1)).toEqual([
      'Defaults!/usr/local/sbin/quiesce-door-reader env_reset',
      'reader ALL=(root) NOPASSWD: /usr/local/sbin/quiesce-door-reader',
      '',
    ]);
    expect([sudoersPath, doorPath]).toEqual(['/etc/sudoers.d/quiesce-reader', '/usr/local/sbin/quiesce-door-reader']);
    expect([amountsToRoot, recipes]).toEqual([[], ['listBackups']]);
  });

  it('says that a backup is as much as root', async () => {
    const { amountsToRoot } = await rightsOf([plan('lvmToZfsBackup'), plan('verifyBackup')]);
    expect(amountsToRoot).toContainEqual({ program: 'sh', why: 'runs any script' });
    const programs = amountsToRoot.map(({ program }) => program);
    expect(programs).toEqual(expect.arrayContaining(['find', 'systemctl', 'zfs']));
  });

  it('lets a backup read pools, and do nothing to them', () => {
    const zpool = backupCommands().filter(({ words: [program] }) => program === 'zpool');
    expect(zpool).toEqual([{ words: ['zpool', { matching: 'get|list|status' }], rest: true }]);
  });

  it('names a folder with blanks as it is', async () => {
    const target = 'tank/my data';
    const { door } = await rightsOf([plan('listBackups', target)], 'reader', mounted(target, '/srv/my data'));
    expect(door).toContain("'=bash' '=tank/my data' '=/srv/my data'");
  });

  it.each(['', 'root', 'ALL', '%wheel', 'a,b', 'a b', '#1000', '+net', 'a\nroot', 'a=b', '-u', 'a/../b', 'a.b'])(
    'takes no user %j',
    async (user) => {
      expect(await refusal(rightsOf([plan('listBackups')], user))).toContain('not a plain user');
      expect(() => receiveRights({ copy: 'tank/copy', copyExists: true }, { user })).toThrow(PreflightError);
    },
  );

  it('refuses what it knows no rights of, before it asks the host', async () => {
    const none = [{ recipe: 'restoreImages', target: 'archives/backups' } as unknown as PlanWithRights];
    expect(await refusal(rightsOf(none))).toContain('its rights are not known: give a plan of lvmToZfsBackup');
    expect(await refusal(rightsOf([]))).toContain('empty: give the plan of a recipe');
    expect(await refusal(rightsOf([plan('listBackups', 'a;b')]))).toContain('not the name of a ZFS dataset');
    expect(await refusal(rightsOf([plan('listBackups')], 'reader', ''))).toContain('zfs mount archives/backups');
  });

  it('has every program that the sources of a backup name', async () => {
    const files = await reached(path.join(import.meta.dirname, '../lvm-to-zfs-backup/lvm-to-zfs-backup.ts'));
    const named = [...files.values()].flatMap((text) =>
      [...text.matchAll(/createCommand\(\s*'([^']+)'/g)].map(([, program]) => program),
    );
    const known = new Set(backupCommands().map(({ words: [program] }) => program));
    // Of restoring, of which a backup only looks for what was left.
    for (const program of ['tar', 'df']) known.add(program);
    expect(files.size).toBeGreaterThan(50);
    expect([...new Set(named)].filter((program) => program !== undefined && !known.has(program))).toEqual([]);
  });
});

describe('receiveRights', () => {
  it('holds for the copy alone, once that is there', () => {
    const before = receiveRights({ copy: 'offsite/site/backups', copyExists: false }, { user: 'backup' });
    const after = receiveRights({ copy: 'offsite/site/backups', copyExists: true }, { user: 'backup', rollback: true });
    expect([before.dataset, after.dataset]).toEqual(['offsite/site', 'offsite/site/backups']);
    expect(before.toShell()).toBe(`#!/bin/sh\nzfs allow -u backup -- ${before.permissions.join(',')} offsite/site\n`);
    expect(after.permissions).toEqual([...before.permissions, 'rollback', 'destroy']);
  });
});
