import { createCommand, OutputParseError, type Command } from '@quiesce/command';

const writing = `
set -u -o pipefail
export LC_ALL=C
device=$1 size=$2 rest=$3
shift 3
tell() {
  tr '\\r' '\\n' | while IFS= read -r line; do
    case $line in
      '' | *' records in' | *' records out') ;;
      *' copied, '*) printf 'copied %s\\n' "\${line%% *}" ;;
      *) printf '%s\\n' "$line" >&2 ;;
    esac
  done
}
# Were the device gone, a file of its name would fill the memory that /dev lies in.
dd "$@" of="$device" bs=4M iflag=fullblock conv=nocreat,notrunc,fsync status=progress 2>&1 | tell || exit
[ "$rest" = 0 ] || head --bytes="$rest" /dev/zero |
  dd of="$device" bs=4M iflag=fullblock seek="$size" oflag=seek_bytes conv=nocreat,notrunc,fsync status=none
`.trim();

/** What is written to a volume. */
export interface WriteVolumeOptions {
  /** The volume's device. */
  readonly device: string;
  /** Length of the image, in bytes. */
  readonly sizeBytes: number;
  /** How much longer the volume is, in bytes: there zeros are written. */
  readonly restBytes: number;
  /** The image. Undefined for the standard input. */
  readonly from?: string;
}

/**
 * Writes an image to a volume, holes as zeros: a new volume holds what removed ones had there.
 * While it does it prints how far it is: see {@link writtenBytes}. See dd(1).
 */
export function writeVolumeCommand({ device, from, restBytes, sizeBytes }: WriteVolumeOptions): Command {
  const words = [device, String(sizeBytes), String(restBytes), ...(from === undefined ? [] : [`if=${from}`])];
  return createCommand('bash', ['-c', writing, 'bash', ...words], { effect: 'write', stop: 'kill' });
}

/** How much has been written, by a line of what {@link writeVolumeCommand} prints. */
export function writtenBytes(line: string): number | undefined {
  const { count } = /^copied (?<count>\d+)$/.exec(line)?.groups ?? {};
  return count === undefined ? undefined : Number(count);
}

/** Prints an image, for another host. See cat(1). */
export function readImageCommand(options: { path: string }): Command {
  return createCommand('cat', ['--', options.path], { effect: 'read' });
}

/**
 * Prints the checksum of the first bytes of a volume. What is written by then is read from the
 * disk: the kernel forgets what it has of a device when nobody has it open. See b2sum(1).
 */
export function volumeSumCommand(options: { device: string; sizeBytes: number }): Command {
  const script = 'set -u -o pipefail; head --bytes="$2" -- "$1" | b2sum --length=256';
  return createCommand('bash', ['-c', script, 'bash', options.device, String(options.sizeBytes)], { effect: 'read' });
}

/** Reads what {@link volumeSumCommand} prints. */
export function parseVolumeSum(stdout: string): string {
  const { sum } = /^(?<sum>[0-9a-f]{64}) {2}-\n$/.exec(stdout)?.groups ?? {};
  if (sum === undefined) throw new OutputParseError('no checksum', { text: stdout });
  return sum;
}
