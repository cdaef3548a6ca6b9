import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport, run } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { snapshotGuest } from '../../own-recipe.js';
import { exampleCommand } from '../example-in-lab.js';
import { backUp, runOf } from '../../../packages/backup-recipes/test/e2e/hand-made.js';
import { cleanHost, hostState, inLab } from '../../../packages/backup-recipes/test/e2e/support.js';

const pool = 'quiesce-examples';
const target = `${pool}/backups`;
const disk = `/var/tmp/${pool}.disk`;
const scratch = `/var/tmp/${pool}`;
const epochs = [1_364_083_186, 1_364_169_586, 1_364_173_186] as const;
const folders = [
  { folder: 'SSD.images', source: '/dev/SSD/images', place: '/srv/SSD/images', image: 'MySQL.img' },
  { folder: 'SSD.ledgers', source: '/dev/SSD/ledgers', place: `${scratch}/ledgers`, image: 'Ledger.img' },
].map((folder) => ({
  ...folder,
  write: (to: string) => `cp --sparse=always '${scratch}/frozen/${folder.image}' '${to}/'`,
}));
let local: string;

const wipe = `
  if zpool list ${pool} >/dev/null 2>&1; then zpool destroy -f ${pool}; fi
  if [ -d /${pool} ]; then rm -rf --one-file-system /${pool}; fi
  ! mountpoint -q ${scratch}/ledgers || umount ${scratch}/ledgers
  rm -rf --one-file-system ${scratch} ${disk}`;

beforeAll(async () => {
  local = await mkdtemp(path.join(tmpdir(), 'quiesce-example-'));
  await inLab(`${wipe}
    set -e
    truncate -s 1G ${disk}
    zpool create -O compression=lz4 ${pool} ${disk}
    zfs create ${target}
    mkdir -p ${scratch}/frozen ${scratch}/ledgers
    mount -t tmpfs ledgers ${scratch}/ledgers
    echo in the books >${scratch}/frozen/Ledger.img
    virsh suspend MySQL
    cp --sparse=always /srv/SSD/images/MySQL.img ${scratch}/frozen/
    virsh resume MySQL`);
  const definition = await inLab('virsh dumpxml MySQL');
  const uuid = await inLab('virsh domuuid MySQL');
  const guests = folders.map(({ folder, image, place: where }, index) => ({
    ...{ name: image.replace('.img', ''), uuid: index === 0 ? uuid : '6f3d2c1e-8f5a-4f5e-9a56-0d5f4b6f2a11' },
    ...{ definition, images: [{ path: `${where}/${image}`, folder, file: image }] },
  }));
  for (const [index, epoch] of epochs.entries()) {
    await inLab(backUp({ target, epoch, before: epochs[index - 1], guests, folders }));
  }
});
afterAll(async () => {
  await inLab(`virsh resume MySQL 2>/dev/null; ${wipe}`);
  await rm(local, { recursive: true, force: true });
  expect(await hostState()).toEqual(cleanHost);
});

/** Runs an example as a user does, and returns what it prints. */
async function example(words: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<string> {
  const env = { QUIESCE_HOST: 'hypervisor', QUIESCE_TARGET: target, ...settings };
  const [name = '', ...others] = words;
  return (await run(localTransport(), await exampleCommand(local, [`examples/${name}`, ...others], env))).stdout;
}

test('restore.ts brings a guest back to its place', async () => {
  expect(await example(['restore.ts'], { QUIESCE_GUEST: 'Ledger' })).toContain('run it again with --yes');
  expect(await inLab(`ls -A ${scratch}/ledgers`)).toBe('');
  const said = await example(['restore.ts', '--yes'], { QUIESCE_GUEST: 'Ledger' });
  expect(said).toContain(`-> ${scratch}/ledgers/Ledger.img, of 2013-03-25T00:59:46`);
  expect(said).toContain(`${scratch}/ledgers/Ledger.img is back, compared with its`);
  expect(said).toContain(`of run ${runOf(epochs[2])}; now: virsh start Ledger`);
  expect(await inLab(`cat ${scratch}/ledgers/Ledger.img`)).toBe('in the books');
});

test('verify-and-boot.ts reads a backup and starts a guest from it', async () => {
  const said = await example(['verify-and-boot.ts'], { QUIESCE_SIGN: 'guest: writing from record' });
  expect(said).toMatch(/^SSD\.images: whole, 1 files of .*\nSSD\.ledgers: whole, 1 files of 13 B\n/);
  expect(said).toMatch(/MySQL started in (?:\d+ min )?[\d.]+ s$/m);
});

test('replicate-backups.ts brings it to another dataset', async () => {
  const said = await example(['replicate-backups.ts'], {
    ...{ QUIESCE_TO: `${pool}/offsite`, QUIESCE_TO_HOST: 'hypervisor' },
  });
  expect(said).toContain(`the newest there is ${pool}/offsite@`);
});

test('prune.ts tells what goes, and destroys it when told to', async () => {
  const snapshots = `zfs list -H -t snapshot -o name ${target}`;
  const before = await inLab(snapshots);
  expect(await example(['prune.ts'])).toContain('run it again with --yes');
  expect(await inLab(snapshots)).toBe(before);
  expect(await example(['prune.ts', '--yes'])).toMatch(/[1-9] destroyed, .* are free\n$/);
  expect(await inLab(snapshots)).not.toBe(before);
});

test('remote-with-least-rights.ts says what root has to type, and that is enough', async () => {
  const snapshot = `${pool}/backups@by-hand`;
  const words = ['examples/remote-with-least-rights.ts', snapshot];
  const command = await exampleCommand(local, words, { QUIESCE_HOST: 'hypervisor', QUIESCE_USER: 'nosudo' });
  const told = await run(localTransport(), command, { successCodes: [1] });
  const typed = /: as root on hypervisor, type (?<line>.*)\n/.exec(told.stderr)?.groups?.['line'] ?? '';
  expect(typed).toContain('zfs allow ');
  await inLab(typed);
  expect((await run(localTransport(), command)).stdout).toBe(`${snapshot} is there\n`);
  expect((await run(localTransport(), command)).stdout).toBe(`${snapshot} was there already\n`);
});

test('own-recipe.ts snapshots a guest that stands still', async () => {
  const events: string[] = [];
  const recipe = snapshotGuest({ domain: 'MySQL', datasets: [target], name: 'own', transport: labTransport() });
  expect((await recipe.plan()).toShell()).toContain(' suspend ');
  const { pausedMs, snapshots } = await recipe.run({ onEvent: ({ type }) => void events.push(type) });
  expect(events).toEqual(['paused', 'snapshotted', 'resumed']);
  expect([pausedMs !== undefined, snapshots]).toEqual([true, [`${target}@own`]]);
  expect(await inLab(`zfs list -H -o name ${target}@own; virsh domstate MySQL`)).toMatch(/@own\nrunning$/);
  expect(await inLab('systemctl list-units --all --plain --no-legend "snapshot-guest-*"')).toBe('');
});
