import { createCommand, localTransport, run, type Command } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import type { BackupPlan, PlannedDomain } from './plan.js';
import { planToShell } from './plan-to-shell.js';

const say = (...words: string[]): Command => createCommand('echo', words);
const fail = createCommand('false', []);

const plan: Omit<BackupPlan, 'toShell'> = {
  version: 1,
  recipe: 'lvmToZfsBackup',
  epochSeconds: 1,
  target: 'archives/backups',
  zfsSnapshot: 'archives/backups@daily.1',
  lockFile: '/dev/null',
  readProvenance: say('run\ncomplete'),
  provenance: ['run', 'complete'],
  makeFolders: say('make folders'),
  volumes: ['/dev/SSD/images', '/dev/raid5/VM.images'].map((volume) => ({
    volume,
    snapshot: `${volume}.1`,
    makeSpace: say('make space', volume),
    makeSnapshot: say('make snapshot', volume),
    check: say('check', volume),
    mount: say('mount', volume),
    copy: say('copy', volume),
    status: say('0 8 snapshot 1/2 3'),
    unmount: say('unmount', volume),
    remove: say('remove', volume),
    removeFolder: say('remove folder', volume),
  })),
  pause: {
    domains: ["it's $HOME", 'B'].map((domain) => ({
      domain,
      flush: say('flush', domain),
      suspend: say('suspend', domain),
      resume: createCommand('sh', ['-c', `echo 'resume' "$0" >&3`, domain]),
      state: say('running (unpaused)'),
    })),
    settleMs: 0,
    armWatchdog: say('arm'),
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
  // The answers of virsh are read by the script, so what resumes says it elsewhere; sleeping would only take time.
  const shell = createCommand('sh', ['-s'], { effect: 'read', stdin: `exec 3>&1; sleep() { :; }\n${script}` });
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
      "flush it's $HOME",
      'flush B',
      'flush host',
      'arm',
      "suspend it's $HOME",
      'suspend B',
      'make snapshot /dev/SSD/images',
      'make snapshot /dev/raid5/VM.images',
      "resume it's $HOME",
      'resume B',
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

  const { pause } = plan;
  const withDomain = (changed: Partial<PlannedDomain>): Partial<typeof plan> => ({
    pause: pause && {
      ...pause,
      domains: pause.domains.map((one, index) => (index === 0 ? { ...one, ...changed } : one)),
    },
  });

  it('resumes the guests and undoes everything when one of them can not be paused', async () => {
    const { said, exitCode } = await play(withDomain({ suspend: fail }));
    expect(exitCode).toBe(1);
    expect(said.slice(said.indexOf('arm'))).toEqual([
      'arm',
      "resume it's $HOME",
      'resume B',
      ...['remove /dev/SSD/images', 'remove folder /dev/SSD/images'],
      ...['remove /dev/raid5/VM.images', 'remove folder /dev/raid5/VM.images'],
      'remove run folder',
    ]);
  });

  it('leaves the timer armed, and does not call the target complete, when one guest can not be resumed', async () => {
    const { said, exitCode } = await play(withDomain({ state: say('paused (user)') }));
    expect(exitCode).toBe(1);
    expect(said.filter((line) => line === "resume it's $HOME")).toHaveLength(7);
    expect(said).not.toContain('disarm');
    expect(said).not.toContain('complete');
  });

  it('does not call the target complete when a snapshot filled up', async () => {
    const volumes = plan.volumes.map((volume) => ({ ...volume, status: say('0 8 snapshot Invalid') }));
    const { said, exitCode } = await play({ volumes });
    expect(exitCode).toBe(1);
    expect(said).not.toContain('complete');
  });

  it.each([0, 23, 24])('takes files that vanished on the live host for no failure: rsync exits %i', async (code) => {
    const copyHostRoot = createCommand('sh', ['-c', `exit ${String(code)}`]);
    const { said, exitCode } = await play({ copyHostRoot });
    expect(exitCode).toBe(code === 23 ? 1 : 0);
    expect(said.includes('complete')).toBe(code !== 23);
  });

  it('does nothing when another run has written to the target since', async () => {
    expect(await play({ provenance: ['run', 'incomplete'] })).toEqual({ said: [''], exitCode: 1 });
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
