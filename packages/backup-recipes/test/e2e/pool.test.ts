import type { Transport } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, afterEach, expect, it } from 'vitest';
import { BackupFailedError, lvmToZfsBackup, type BackupReport, type LvmToZfsBackupOptions } from '../../src/index.js';
import { cleanHost, documented, hostState, inLab, isCopy } from './support.js';

const images = '/archives/backups/SSD.images';
const options = {
  ...{ ...documented, domains: [], unlistedGuests: 'allow', volumes: ['/dev/SSD/images'], hostRoot: false },
} satisfies LvmToZfsBackupOptions;

/** Does something on the host while the first copy runs, which is a slow one. */
const during = (script: string): Transport => {
  const real = labTransport();
  return {
    name: real.name,
    start: (command, options) => {
      const running = real.start(command, options);
      if (isCopy(command)) void inLab(`sleep 1; ${script}`);
      return running;
    },
  };
};

async function failing(given: LvmToZfsBackupOptions): Promise<BackupReport> {
  await inLab(`rm -rf ${images}`);
  const slowly = { extraArguments: ['--bwlimit=4M'] };
  const error: unknown = await lvmToZfsBackup({ ...given, copy: slowly })
    .run()
    .catch((reason: unknown) => reason);
  if (!BackupFailedError.isInstance(error)) throw new Error(`it did not fail: ${String(error)}`, { cause: error });
  return error.report;
}

const told = ({ problems }: BackupReport): string => problems.map(({ message }) => message).join('\n');
const state = (): Promise<string> =>
  inLab('zfs get -H -o value quiesce:state archives/backups; cat /archives/backups/.quiesce/folders/SSD.images.json');

afterEach(async () => {
  expect(await hostState()).toEqual(cleanHost);
});

// What was being written when the disks went stays a data error of the pool, of which every later
// run would tell.
afterAll(async () => {
  const disks = [0, 1].map((disk) => `/dev/disk/by-id/virtio-archives-${disk}`).join(' ');
  // Disks that came back a moment ago may be in use still.
  await inLab(`zpool destroy -f archives
    for attempt in $(seq 30); do
      zpool create -f archives mirror ${disks} && break
      udevadm settle; sleep 1
    done
    zfs create -o compression=lz4 -o acltype=posix -o xattr=sa archives/backups`);
});

it('a target that fills up makes the copy a failure', async () => {
  // What is written meanwhile may be more than that.
  const used = '$(zfs get -Hp -o value used archives/backups)';
  const full = `until zfs set quota=$((${used} + 12000000)) archives/backups; do sleep 0.2; done`;
  try {
    const report = await failing({ ...options, transport: during(full) });
    expect(told(report)).toMatch(/No space left|quota exceeded/i);
    expect(report).toMatchObject({ outcome: 'failed', complete: false, leftovers: [] });
    expect(await state()).toMatch(/^incomplete\n.*"state":"incomplete"/);
  } finally {
    await inLab('zfs set quota=none archives/backups');
  }
});

it('a pool whose disks are gone ends the run, and everything of LVM is cleaned up', async () => {
  const pulled = [
    'for disk in 0 1; do',
    '  device=$(basename "$(readlink -f /dev/disk/by-id/virtio-archives-$disk)")',
    '  echo 1 >"$(readlink -f "/sys/block/$device/device")/../remove"',
    'done',
  ].join('\n');
  try {
    const report = await failing({
      ...options,
      transport: during(pulled),
      limits: { smallMs: 10_000, zfsMs: 10_000 },
    });
    expect(told(report)).toMatch(/the pool archives (?:is suspended|does not answer)/);
    expect(report).toMatchObject({ outcome: 'failed', complete: false, volumes: [{ snapshotRemoved: true }] });
    expect(report.leftovers).toEqual([]);
  } finally {
    await inLab('echo 1 >/sys/bus/pci/rescan; udevadm settle; zpool clear archives; zpool wait -t resilver archives');
  }
  expect(await state()).toMatch(/^incomplete\n.*"state":"incomplete"/);
});
