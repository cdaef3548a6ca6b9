import path from 'node:path';
import process from 'node:process';
import { sshTransport, type SshOptions, type SshTransport } from '@quiesce/command';
import type { Accelerator } from './accelerator.js';
import type { Cache } from './cache.js';
import { guests, type LabGuest } from './guests.js';
import { imageIn } from './image.js';
import { writeRecord, type InstanceRecord } from './instance-record.js';
import { instanceDirectory, removeInstance } from './instances.js';
import { launch, type LaunchOptions } from './launch.js';
import { labSshOptions, type LabSshOptions } from './lab-ssh.js';
import { networkName } from './machine-arguments.js';
import { identifyThisProcess } from './process-identity.js';
import { connectMonitor } from './qmp.js';
import type { ReadyState } from './ready.js';
import type { Release } from './release.js';
import { stopMachineIn } from './stop-machine.js';

/** A running lab. */
export interface Lab extends AsyncDisposable {
  readonly name: string;
  readonly release: Release;
  readonly accelerator: Accelerator;
  /**
   * How to reach it as root. The users `operator`, who may do everything by `sudo`, and `nosudo`
   * have the same key.
   */
  readonly ssh: SshOptions;
  /** Runs commands in it as root. Whoever does not stop the lab closes it. */
  readonly transport: SshTransport;
  /** The guests that run in it. */
  readonly guests: readonly LabGuest[];
  /** Cuts the machine off the network, or joins it again. What runs inside goes on. */
  setLink(state: 'up' | 'down'): Promise<void>;
  /** Puts everything back to the ready state, under the same address. Takes a few seconds. */
  reset(signal?: AbortSignal): Promise<void>;
  /** Stops the machine and removes its files. */
  stop(): Promise<void>;
}

/** The ready state that a recorded lab was started from. */
export function readyOf(cache: Cache, record: InstanceRecord): ReadyState {
  const { release, accelerator, imageHash, readyHash } = record;
  const image = imageIn(path.join(cache.images, imageHash), release, imageHash);
  return { image, accelerator, directory: path.join(cache.ready, readyHash) };
}

/** The lab of a record, to be used from here. Its machine runs already. */
export function attachLab(cache: Cache, record: InstanceRecord): Lab {
  const { name, release, accelerator, sshPort } = record;
  const directory = instanceDirectory(cache, name);
  const ready = readyOf(cache, record);
  const ssh = labSshOptions(directory, sshPort, ready.image);
  const transport = sshTransport(ssh);
  const stop = async (): Promise<void> => {
    await transport.close();
    await removeInstance(directory);
  };
  const relaunch = async (options: LaunchOptions): Promise<LabSshOptions> => {
    await stopMachineIn(directory);
    try {
      return await launch(directory, ready, options);
    } catch (error) {
      await stopMachineIn(directory);
      throw error;
    }
  };
  return {
    name,
    release,
    accelerator,
    ssh,
    transport,
    guests,
    setLink: async (state) => {
      using monitor = await connectMonitor(directory);
      await monitor.execute('set_link', { name: networkName, up: state === 'up' });
    },
    reset: async (signal) => {
      await transport.close();
      // Without machine and owner it would pass for dead.
      const owner = record.owner ?? (await identifyThisProcess());
      await writeRecord(directory, { ...record, owner });
      const lifetime = record.owner?.pid === process.pid ? 'this process' : 'until stopped';
      const { port } = await relaunch({ preferredPort: sshPort, lifetime, signal });
      await writeRecord(directory, { ...record, sshPort: port });
      if (port !== sshPort)
        throw new Error(`Port ${sshPort} was taken meanwhile; the lab ${name} is at port ${port} now.`);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
