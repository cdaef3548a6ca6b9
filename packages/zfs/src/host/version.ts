import { checkOptions, createCommand, OutputParseError, type CallOptions, type Command } from '@quiesce/command';

/** What {@link Zfs.version} takes. */
export type ZfsVersionOptions = CallOptions;

/** The releases as {@link Zfs.version} returns them. */
export interface ZfsVersion {
  /** That of the programs, as `2.3.9-1`. */
  readonly programs: string;
  /** That of the kernel's module. An upgrade changes it when the machine starts again. */
  readonly module: string;
}

/** Builds the command of {@link Zfs.version}. See zfs-version(8). */
export function zfsVersionCommand(options: ZfsVersionOptions = {}): Command {
  checkOptions<ZfsVersionOptions>({}, options);
  return createCommand('zfs', ['version'], { effect: 'read' });
}

/** Reads what the command of {@link Zfs.version} prints. */
export function parseZfsVersion(stdout: string): ZfsVersion {
  const module = /^zfs-kmod-(?<version>\S+)$/m.exec(stdout)?.groups?.['version'];
  const programs = /^zfs-(?!kmod-)(?<version>\S+)$/m.exec(stdout)?.groups?.['version'];
  if (module === undefined || programs === undefined) {
    throw new OutputParseError('zfs version is not as expected', { text: stdout });
  }
  return { programs, module };
}
