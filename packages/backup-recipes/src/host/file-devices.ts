import { createCommand, OutputParseError, parseInteger, type Command } from '@quiesce/command';

/** What the kernel says of a file or device. */
export interface FileDevice {
  /** Numbers of the device that its file system lies on, or that it is: `252:3`. */
  readonly device: string;
  /** Whether it is a block device itself. */
  readonly isDevice: boolean;
  readonly isFolder: boolean;
}

/**
 * Tells the devices of files, behind their symbolic links. A file that is not there is left out.
 * The paths go by the standard input: there may be thousands. See stat(1) and xargs(1).
 */
export function fileDevicesCommand(options: { paths: readonly string[] }): Command {
  const stat = ['stat', '--dereference', String.raw`--printf=%d %f %t:%T %n\0`, '--'];
  const stdin = options.paths.map((path) => `${path}\0`).join('');
  return createCommand('xargs', ['--null', '--no-run-if-empty', ...stat], { stdin, effect: 'read' });
}

/** Exit codes of {@link fileDevicesCommand}: all was there, or something was not. */
export const fileDevicesSuccessCodes: readonly number[] = [0, 123];

const row = /^(?<fileSystem>\d+) (?<mode>[0-9a-f]+) (?<major>[0-9a-f]+):(?<minor>[0-9a-f]+) (?<path>[^]+)$/;
const typeBits = 0xf0_00;
const blockDevice = 0x60_00;
const folder = 0x40_00;

/** As Linux packs it: twelve bits of major in the middle of the minor. */
function unpack(device: number): string {
  const minor = (device % 0x1_00) + Math.floor(device / 0x10_00_00) * 0x1_00;
  return `${String(Math.floor(device / 0x1_00) % 0x10_00)}:${String(minor)}`;
}

/** Reads what {@link fileDevicesCommand} prints, by path. */
export function parseFileDevices(stdout: string): ReadonlyMap<string, FileDevice> {
  const rows = stdout.split('\0').filter((text) => text !== '');
  return new Map(
    rows.map((text) => {
      const { fileSystem, mode, major, minor, path } = row.exec(text)?.groups ?? {};
      if (fileSystem === undefined || mode === undefined || path === undefined) {
        throw new OutputParseError('stat did not tell what it was asked for', { text });
      }
      const type = Number.parseInt(mode, 16) & typeBits;
      const isDevice = type === blockDevice;
      const own = [major, minor].map((digits) => String(Number.parseInt(digits ?? '', 16))).join(':');
      const device = isDevice ? own : unpack(parseInteger('st_dev', fileSystem));
      return [path, { device, isDevice, isFolder: type === folder }];
    }),
  );
}
