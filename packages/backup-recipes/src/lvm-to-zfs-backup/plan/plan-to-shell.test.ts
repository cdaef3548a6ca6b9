import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCommand, localTransport, run, type Command } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { limits } from '../../limits.js';
import { stateFolder } from '../../run-folder.js';
import type { BackupPlan, PlannedCopy, PlannedPause } from './backup-plan.js';
import { planToShell } from './plan-to-shell.js';

const say = (...words: string[]): Command => createCommand('echo', words);
const fail = createCommand('false', []);
const shell = (text: string): Command => createCommand('sh', ['-c', text]);

const folder = `${stateFolder}/1-abcdef01`;
const events = `${folder}/events`;
const pauseTells = (...lines: string[]): Command => shell(`echo pause; printf '%s\\n' ${lines.join(' ')} >${events}`);
const pause: PlannedPause = {
  domains: ["it's $HOME", 'B'],
  script: `#!/bin/bash\necho "it's $HOME" '\\' \`\nQUIESCE\n`,
  writeScript: shell(`echo write the pause; mkdir ${folder}; cat >${folder}/pause`),
  start: pauseTells("'1.0 frozen 0'", "'1.1 frozen 1'", "'1.2 ended'"),
  stop: say('stop the pause'),
  events,
  forget: say('forget the pause'),
};

// Folders are complete in files, and the target is where all of them are.
const completeOf = (source: string): Command =>
  shell(`echo 'complete ${source}'; touch ${folder}/complete.${source.replaceAll('/', '-')}`);
const copyOf = (source: string): PlannedCopy => ({
  ...{
    source,
    open: say('open', source),
    breakLinks: say('links', source),
    copy: say('copy', source),
    again: undefined,
    checksums: shell(`echo sums ${source} >&2`),
    verify: shell(`echo verify ${source} >&2; printf 'files 1\\0differences 0\\0'`),
    complete: completeOf(source),
  },
});

const plan: Omit<BackupPlan, 'toShell'> = {
  version: 1,
  recipe: 'lvmToZfsBackup',
  runId: '1-abcdef01',
  epochSeconds: 1,
  target: 'archives/backups',
  zfsSnapshot: 'archives/backups@daily.1',
  limits,
  readProvenance: say('run\ncomplete'),
  provenance: ['run', 'complete'],
  readState: say('{"run":1}'),
  state: '{"run":1}\n',
  makeFolders: say('make folders'),
  volumes: ['/dev/SSD/images', '/dev/raid5/VM.images'].map((volume) => ({
    volume,
    snapshot: `${volume}.1`,
    makeSpace: say('make space', volume),
    check: say('check', volume),
    mount: say('mount', volume),
    copy: copyOf(volume),
    isMounted: createCommand('true', []),
    status: say('0 8 snapshot 1/2 3'),
    unmount: say('unmount', volume),
    remove: say('remove', volume),
    removeFolder: say('remove folder', volume),
  })),
  pause,
  settleDevices: say('settle devices'),
  makeZfsSnapshot: say('make zfs snapshot'),
  markIncomplete: say('incomplete'),
  openTarget: { ...say('open target'), stdin: '{"guests":[]}\n' },
  hostRoot: [copyOf('/'), copyOf('/boot')],
  completeTarget: shell(`[ "$(ls ${folder} | grep -c complete)" = 4 ] || exit 4; echo complete target`),
  markComplete: say('complete'),
  removeRunFolder: say('remove run folder'),
};

interface Played {
  readonly said: readonly string[];
  readonly complaints: readonly string[];
  readonly exitCode: number;
  /** The script of the pause as it reached the host. */
  readonly written: string | undefined;
  /** What is left in the folder of all runs. */
  readonly left: readonly string[];
}

/**
 * Runs the script of a plan, with a temporary folder in place of the one that only root can write.
 */
async function play(changed: Partial<typeof plan>, before = ''): Promise<Played> {
  const temporary = await mkdtemp(path.join(tmpdir(), 'quiesce-plan-'));
  try {
    const script = planToShell({ ...plan, ...changed }).replaceAll(stateFolder, temporary);
    // Sleeping would only take time.
    const stdin = `sleep() { :; }\n${before.replaceAll(stateFolder, temporary)}\n${script}`;
    const command = createCommand('sh', ['-s'], { effect: 'read', stdin });
    const { exitCode, stderr, stdout } = await run(localTransport(), command, { successCodes: [0, 1, 75, 130] });
    const lines = (text: string): string[] => text.split('\n').slice(0, -1);
    const written = await readFile(folder.replace(stateFolder, temporary) + '/pause', 'utf8').catch(() => undefined);
    return { exitCode, said: lines(stdout), complaints: lines(stderr), written, left: await readdir(temporary) };
  } finally {
    await rm(temporary, { recursive: true });
  }
}

const cleaning = ['unmount', 'remove', 'remove folder'];
const undone = (volume: string): string[] => cleaning.map((what) => `${what} ${volume}`);

describe('planToShell', () => {
  it('does everything in order, the pause as one command', async () => {
    const { said, exitCode } = await play({});
    expect(exitCode).toBe(0);
    expect(said).toEqual([
      'make folders',
      'make space /dev/SSD/images',
      'make space /dev/raid5/VM.images',
      'write the pause',
      'pause',
      'settle devices',
      'make zfs snapshot',
      'incomplete',
      'open target',
      ...['check', 'mount', 'open', 'links', 'copy', 'complete'].map((what) => `${what} /dev/SSD/images`),
      ...undone('/dev/SSD/images'),
      ...['check', 'mount', 'open', 'links', 'copy', 'complete'].map((what) => `${what} /dev/raid5/VM.images`),
      ...undone('/dev/raid5/VM.images'),
      ...['/', '/boot'].flatMap((source) => [
        `open ${source}`,
        `links ${source}`,
        `copy ${source}`,
        `complete ${source}`,
      ]),
      'complete target',
      'complete',
      // The trap: nothing is left to undo.
      'stop the pause',
      'remove folder /dev/SSD/images',
      'remove folder /dev/raid5/VM.images',
      'remove run folder',
      'forget the pause',
    ]);
  });

  it('takes a copy without checksums for a copy', async () => {
    const volumes = plan.volumes.map((volume) => ({
      ...volume,
      copy: { ...volume.copy, checksums: shell('exit 1') },
    }));
    const { complaints, exitCode, said } = await play({ volumes });
    expect(exitCode).toBe(0);
    expect(complaints).toContain('its checksums are not kept');
    expect(said).toContain('complete target');
  });

  it('mounts what is not checked all the same', async () => {
    const volumes = plan.volumes.map((volume, index) => (index === 0 ? { ...volume, check: undefined } : volume));
    const { said, exitCode } = await play({ volumes });
    expect(exitCode).toBe(0);
    expect(said.filter((line) => line.startsWith('check'))).toEqual(['check /dev/raid5/VM.images']);
    expect(said.filter((line) => line.startsWith('mount'))).toHaveLength(2);
    expect(said).toContain('complete');
  });

  it('writes the script of the pause as it is, and leaves no holder of the lock behind', async () => {
    const { left, written } = await play({});
    expect(written).toBe(pause.script);
    expect(left).toEqual(['1-abcdef01']);
  });

  it('pauses nobody when the script of the pause can not be written', async () => {
    const { said, exitCode } = await play({ pause: { ...pause, writeScript: fail } });
    expect(exitCode).toBe(1);
    expect(said).not.toContain('pause');
    expect(said).toContain('remove /dev/raid5/VM.images');
    expect(said).not.toContain('copy /dev/SSD/images');
  });

  it('copies only what the pause calls frozen, and does not call the target complete then', async () => {
    const start = pauseTells("'1.0 frozen 1'", "'1.1 ended'");
    const { said, complaints, exitCode } = await play({ pause: { ...pause, start } });
    expect(exitCode).toBe(1);
    expect(complaints).toContain('failed: snapshot /dev/SSD/images');
    expect(said).toContain('copy /dev/raid5/VM.images');
    expect(said).not.toContain('copy /dev/SSD/images');
    expect(said).toContain('remove /dev/SSD/images');
    expect(said).not.toContain('complete');
  });

  it('leaves the script of the pause to the service that still resumes a guest', async () => {
    const start = pauseTells("'1.0 frozen 0'", "'1.1 frozen 1'", "'1.2 handed-over'");
    const { said, complaints, exitCode } = await play({ pause: { ...pause, start } });
    expect(exitCode).toBe(1);
    expect(complaints[0]).toContain('hard to resume');
    expect(said).not.toContain('forget the pause');
    // What was copied is good in any case.
    expect(said).toContain('complete');
  });

  it('ends the pause when it is interrupted', async () => {
    const { said, exitCode } = await play({ pause: { ...pause, start: shell('kill -TERM "$PPID"') } });
    expect(exitCode).toBe(130);
    expect(said).toContain('stop the pause');
    expect(said).toContain('remove /dev/SSD/images');
    expect(said).not.toContain('copy /dev/SSD/images');
  });

  it('does nothing while another run holds the lock, and says which', async () => {
    const hold = `echo 'run 7' >${stateFolder}/holder; exec 8<${stateFolder}; flock 8`;
    expect(await play({}, hold)).toMatchObject({
      exitCode: 75,
      said: [],
      complaints: ['another run is under way on this host:', 'run 7'],
      left: ['holder'],
    });
  });

  it('does not call the target complete when a snapshot filled up', async () => {
    const volumes = plan.volumes.map((volume) => ({ ...volume, status: say('0 8 snapshot Invalid') }));
    const { said, exitCode } = await play({ volumes });
    expect(exitCode).toBe(1);
    expect(said).not.toContain('complete');
  });

  it.each([
    [0, 1, true],
    [24, 1, true],
    [23, 0, true],
    [23, 24, true],
    [23, 23, false],
    [11, 0, false],
  ])('copies the live host again where not all could be: rsync exits %i, then %i', async (first, second, isWhole) => {
    const copies = { copy: shell(`exit ${String(first)}`), again: shell(`exit ${String(second)}`) };
    const { said, exitCode } = await play({ hostRoot: [{ ...copyOf('/'), ...copies }, copyOf('/boot')] });
    expect(exitCode).toBe(isWhole ? 0 : 1);
    expect(said.includes('complete')).toBe(isWhole);
  });

  it('does nothing when another run has written to the target since', async () => {
    expect(await play({ provenance: ['run', 'incomplete'] })).toMatchObject({ said: [], exitCode: 1 });
  });

  it('does nothing when the target was rolled back since', async () => {
    expect(await play({ state: '{"run":0}\n' })).toMatchObject({ said: [], exitCode: 1 });
  });

  it('copies nothing into a folder that does not lie on the target', async () => {
    const volumes = plan.volumes.map((volume, index) =>
      index === 0 ? { ...volume, copy: { ...volume.copy, open: fail } } : volume,
    );
    const { said, complaints, exitCode } = await play({ volumes });
    expect(exitCode).toBe(1);
    expect(complaints).toContain('failed: copy /dev/SSD/images');
    expect(said).not.toContain('copy /dev/SSD/images');
    expect(said).toContain('complete /dev/raid5/VM.images');
    expect(said).not.toContain('complete');
  });

  it('does not call a folder complete whose source was unmounted by someone else', async () => {
    const volumes = plan.volumes.map((volume, index) => (index === 0 ? { ...volume, isMounted: fail } : volume));
    const { said, complaints } = await play({ volumes });
    expect(complaints).toContain('failed: /dev/SSD/images was unmounted by someone else');
    expect(said).not.toContain('complete /dev/SSD/images');
    expect(said).not.toContain('complete');
  });

  it('does not call a folder complete that is not as it was frozen', async () => {
    const verify = shell("printf 'different x\\0differences 1\\0'");
    const volumes = plan.volumes.map((volume, index) =>
      index === 0 ? { ...volume, copy: { ...volume.copy, verify } } : volume,
    );
    const { said, complaints, exitCode } = await play({ volumes });
    expect(exitCode).toBe(1);
    expect(complaints).toContain('failed: copy /dev/SSD/images');
    expect(said).not.toContain('complete /dev/SSD/images');
    expect(said).toContain('complete /dev/raid5/VM.images');
  });

  it('does not call a folder complete whose guest was not told to write out its buffers', async () => {
    const start = pauseTells("'1.0 unflushed 0'", "'1.0 frozen 0'", "'1.1 frozen 1'", "'1.2 ended'");
    const { said, exitCode } = await play({ pause: { ...pause, start } });
    expect(exitCode).toBe(1);
    expect(said).toContain('copy /dev/SSD/images');
    expect(said).not.toContain('complete /dev/SSD/images');
    expect(said).not.toContain('complete');
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

  it('does not wait for a pool that hangs', async () => {
    const hanging = { makeZfsSnapshot: shell('exec sleep 60'), limits: { ...limits, zfsMs: 1000 } };
    const { said, exitCode } = await play(hanging);
    expect(exitCode).toBe(1);
    expect(said.filter((line) => line.startsWith('copy'))).toEqual([]);
    expect(said).toContain('remove /dev/raid5/VM.images');
  });

  it('overwrites nothing without the ZFS snapshot', async () => {
    const { said, exitCode } = await play({ makeZfsSnapshot: fail });
    expect(exitCode).toBe(1);
    expect(said.filter((line) => line.startsWith('copy'))).toEqual([]);
    expect(said).toContain('remove /dev/raid5/VM.images');
  });
});
