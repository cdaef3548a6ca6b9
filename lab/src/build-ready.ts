import { chmod, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BuildOptions } from './build-image.js';
import { buildOnce } from './build-once.js';
import { dataDisks } from './disks.js';
import { findFreePort } from './free-port.js';
import { guests } from './guests.js';
import { runHostCommand } from './host-command.js';
import { makeSshOptions, runInLab, waitForSsh, type LabSshOptions } from './lab-ssh.js';
import { startMachine } from './machine.js';
import { createOverlay } from './overlay.js';
import { inStep } from './progress.js';
import { waitForStatus, type Monitor } from './qmp.js';
import { fitsImage, readyRecipe, stateFile, type ReadyState } from './ready.js';
import { waitForEnd } from './stop-machine.js';

const minute = 60_000;

/**
 * Makes sure that a ready state is there: boots its image, sets it up, waits for the guests, and
 * saves it.
 *
 * @returns whether it was made now.
 */
export async function prepareReady(ready: ReadyState, options: BuildOptions = {}): Promise<boolean> {
  const what = `ready state of ${ready.image.release}`;
  return buildOnce(ready.directory, what, { ...options, fits: () => fitsImage(ready) }, (building) =>
    buildReady({ ...ready, directory: building }, options),
  );
}

async function buildReady(ready: ReadyState, { onProgress, signal }: BuildOptions): Promise<void> {
  const { directory, image, accelerator } = ready;
  await createOverlay(image.rootDisk, path.join(directory, 'root.qcow2'));
  for (const { serial, sizeGibibytes } of dataDisks) {
    await runHostCommand('qemu-img', [
      'create',
      '-q',
      '-f',
      'qcow2',
      path.join(directory, `${serial}.qcow2`),
      `${sizeGibibytes}G`,
    ]);
  }
  const sshPort = await findFreePort();
  const ssh = await makeSshOptions(directory, sshPort, image);
  const { kernel, initialRamdisk } = image;
  const machine = { directory, kernel, initialRamdisk, accelerator, sshPort, restored: false };
  using monitor = await inStep(onProgress, `Booting ${image.release}`, async () => {
    const started = await startMachine(machine, 'this process', signal);
    await waitForSsh(ssh, { timeoutMs: 5 * minute, directory, signal });
    return started;
  });
  await inStep(onProgress, 'Setting up volumes, pool and guests', (onDetail) => setUp(ssh, onDetail, signal));
  await inStep(onProgress, 'Waiting for the guests to boot and write', (onDetail) =>
    waitForGuests(ssh, onDetail, signal),
  );
  await inStep(onProgress, 'Saving the ready state', async () => {
    await runInLab(ssh, 'rm -rf /root/set-up; sync; echo 3 >/proc/sys/vm/drop_caches', { signal });
    await save(monitor, signal);
    // QEMU closes its disks before it is gone.
    await waitForEnd(directory);
    for (const file of await readdir(directory)) {
      if (file.endsWith('.qcow2') || file === stateFile) await chmod(path.join(directory, file), 0o444);
    }
  });
}

async function setUp(ssh: LabSshOptions, onDetail: (line: string) => void, signal?: AbortSignal): Promise<void> {
  for (const name of await readdir(readyRecipe)) {
    const input = await readFile(path.join(readyRecipe, name));
    await runInLab(ssh, `mkdir -p /root/set-up && cat >/root/set-up/${name}`, { input, signal });
  }
  await runInLab(ssh, 'sh /root/set-up/set-up.sh', {
    signal,
    onLine: (line) => {
      if (line.startsWith('step: ')) onDetail(line.slice('step: '.length));
    },
  });
}

async function waitForGuests(
  ssh: LabSshOptions,
  onDetail: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const waiting = new Map(guests.map(({ name, consoleLog }) => [consoleLog, name]));
  // Ten seconds of records, so that even the first backup has something to tell.
  const list = `grep -ls 'guest: wrote record 10' ${[...waiting.keys()].join(' ')} || true`;
  // Under emulation a guest resets itself now and then while it boots, which ends it: then it is
  // started again.
  const restart =
    'virsh list --state-shutoff --name | sed "/^$/d" | while read -r name; do virsh --quiet start "$name"; done';
  const end = performance.now() + 30 * minute;
  while (waiting.size > 0) {
    if (performance.now() > end) throw new Error(`Guests that do not boot: ${[...waiting.values()].join(', ')}`);
    // Not often: a login costs the emulated machine a second that the guests need. One that fails
    // is tried again.
    await delay(5000, undefined, { signal });
    const found = await runInLab(ssh, `${restart}; ${list}`, { signal }).catch(() => '');
    for (const consoleLog of found.split('\n')) {
      const name = waiting.get(consoleLog);
      if (name === undefined) continue;
      onDetail(`${name} writes`);
      waiting.delete(consoleLog);
    }
  }
}

async function save(monitor: Monitor, signal?: AbortSignal): Promise<void> {
  await monitor.execute('stop');
  await monitor.execute('migrate-set-parameters', { 'max-bandwidth': 10 * 2 ** 30 });
  // Relative: QEMU runs in the folder.
  await monitor.execute('migrate', { uri: `exec:cat >${stateFile}` });
  const status = await waitForStatus(monitor, 'query-migrate', [undefined, 'setup', 'active', 'device'], signal);
  if (status !== 'completed') throw new Error(`The state could not be saved: ${status ?? 'unknown'}`);
  await monitor.execute('quit');
}
