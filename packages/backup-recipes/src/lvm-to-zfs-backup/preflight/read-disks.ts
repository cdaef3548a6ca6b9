import { run, type CallOptions, type Transport } from '@quiesce/command';
import type { HostDomains, KnownDomain } from '../../domains.js';
import {
  fileDevicesCommand,
  fileDevicesSuccessCodes,
  parseFileDevices,
  type FileDevice,
} from '../../host/file-devices.js';
import { unlessMissing } from './look-at-volume.js';

type FileDevices = ReadonlyMap<string, FileDevice>;

/** Asks the host for the devices of files. */
async function readFileDevices(
  transport: Transport,
  paths: ReadonlySet<string>,
  call: CallOptions,
): Promise<FileDevices> {
  const options = { ...call, successCodes: fileDevicesSuccessCodes };
  const answer = await run(transport, fileDevicesCommand({ paths: [...paths] }), options).catch(
    unlessMissing({ stdout: '' }),
  );
  return parseFileDevices(answer.stdout);
}

/**
 * Asks the host for the devices of files and folders of the run, as its volumes, and of all disks.
 * The disks of guests that nobody asked for are a command of their own: they may lie on a server
 * that does not answer.
 *
 * @param onUnknown - Takes what the host failed with for those.
 */
export async function readDisks(
  transport: Transport,
  places: readonly string[],
  { known, wanted }: HostDomains,
  { onUnknown, ...call }: CallOptions & { onUnknown: (error: unknown) => void },
): Promise<FileDevices> {
  // A disk that is neither a file nor a device has a word in place of its path.
  const pathsOf = (domains: readonly KnownDomain[]): string[] =>
    domains.flatMap(({ disks }) => disks.filter((disk) => disk.startsWith('/')));
  const near = new Set([...places, ...pathsOf(wanted)]);
  const far = new Set(pathsOf(known).filter((disk) => !near.has(disk)));
  const noFiles: FileDevices = new Map();
  const [nearFiles, farFiles] = await Promise.all([
    readFileDevices(transport, near, call),
    far.size === 0
      ? noFiles
      : readFileDevices(transport, far, call).catch((error: unknown) => {
          onUnknown(error);
          return noFiles;
        }),
  ]);
  return new Map([...nearFiles, ...farFiles]);
}
