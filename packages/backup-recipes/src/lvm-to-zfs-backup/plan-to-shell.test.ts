import { createCommand, localTransport, run, type Command } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import type { BackupPlan } from './plan.js';
import { planToShell } from './plan-to-shell.js';

const say = (...words: string[]): Command => createCommand('echo', words);
const fail = createCommand('false', []);

const plan: Omit<BackupPlan, 'toShell'> = {
  version: 1,
  recipe: 'lvmToZfsBackup',
  epochSeconds: 1,
  target: 'archives/backups',
  zfsSnapshot: 'archives/backups@daily.1',
  makeFolders: say('make folders'),
  volumes: ['/dev/SSD/images', '/dev/raid5/VM.images'].map((volume) => ({
    volume,
    snapshot: `${volume}.1`,
    makeSpace: say('make space', volume),
    makeSnapshot: say('make snapshot', volume),
    check: say('check', volume),
    mount: say('mount', volume),
    copy: say('copy', volume),
    unmount: say('unmount', volume),
    remove: say('remove', volume),
    removeFolder: say('remove folder', volume),
  })),
  pause: {
    domains: ["it's $HOME"],
    flush: say('flush'),
    settleMs: 0,
    armWatchdog: say('arm'),
    suspend: say('suspend', "it's $HOME"),
    resume: say('resume'),
    disarmWatchdog: say('disarm'),
  },
  flushHost: say('flush host'),
  settleDevices: say('settle devices'),
  makeZfsSnapshot: say('make zfs snapshot'),
  markIncomplete: say('incomplete'),
  copyHostRoot: say('copy host root'),
  markComplete: say('complete'),
  removeRunFolder: say('remove run folder'),
};

async function play(changed: Partial<typeof plan>): Promise<{ said: string[]; exitCode: number }> {
  const script = planToShell({ ...plan, ...changed });
  const shell = createCommand('sh', ['-s'], { effect: 'read', stdin: script });
  const { exitCode, stdout } = await run(localTransport(), shell, { successCodes: [0, 1] });
  return { exitCode, said: stdout.trim().split('\n') };
}

const cleaning = ['unmount', 'remove', 'remove folder'];
const undone = (volume: string): string[] => cleaning.map((what) => `${what} ${volume}`);

describe('planToShell', () => {
  it('does everything in order, with only the snapshots between pausing and resuming', async () => {
    const { said, exitCode } = await play({});
    expect(exitCode).toBe(0);
    expect(said).toEqual([
      'make folders',
      'make space /dev/SSD/images',
      'make space /dev/raid5/VM.images',
      'flush',
      'flush host',
      'arm',
      "suspend it's $HOME",
      'make snapshot /dev/SSD/images',
      'make snapshot /dev/raid5/VM.images',
      'resume',
      'disarm',
      'settle devices',
      'make zfs snapshot',
      'incomplete',
      ...['check', 'mount', 'copy'].map((what) => `${what} /dev/SSD/images`),
      ...undone('/dev/SSD/images'),
      ...['check', 'mount', 'copy'].map((what) => `${what} /dev/raid5/VM.images`),
      ...undone('/dev/raid5/VM.images'),
      'copy host root',
      'complete',
      // The trap: nothing is left to undo.
      'remove folder /dev/SSD/images',
      'remove folder /dev/raid5/VM.images',
      'remove run folder',
    ]);
  });

  it('resumes the guests and undoes everything when they can not be paused', async () => {
    const pause = plan.pause === undefined ? undefined : { ...plan.pause, suspend: fail };
    const { said, exitCode } = await play({ pause });
    expect(exitCode).toBe(1);
    expect(said.slice(said.indexOf('arm'))).toEqual([
      'arm',
      'resume',
      ...['remove /dev/SSD/images', 'remove folder /dev/SSD/images'],
      ...['remove /dev/raid5/VM.images', 'remove folder /dev/raid5/VM.images'],
      'remove run folder',
    ]);
  });

  it('goes on with the others when one volume can not be mounted, and does not call the target complete', async () => {
    const volumes = plan.volumes.map((volume, index) => (index === 0 ? { ...volume, mount: fail } : volume));
    const { said, exitCode } = await play({ volumes });
    expect(exitCode).toBe(1);
    expect(said).toContain('copy /dev/raid5/VM.images');
    expect(said).not.toContain('copy /dev/SSD/images');
    expect(said).toContain('remove /dev/SSD/images');
    expect(said).not.toContain('complete');
  });

  it('overwrites nothing without the ZFS snapshot', async () => {
    const { said, exitCode } = await play({ makeZfsSnapshot: fail });
    expect(exitCode).toBe(1);
    expect(said.filter((line) => line.startsWith('copy'))).toEqual([]);
    expect(said).toContain('remove /dev/raid5/VM.images');
  });
});
