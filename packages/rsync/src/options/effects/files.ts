import { lstatSync, readdirSync, readFileSync, writeFileSync, utimesSync } from 'node:fs';
import { createCommand, localTransport, run } from '@quiesce/command';

/** The time of what is old in the source of the effects. */
export const year2001: Date = new Date('2001-02-03T04:05:06Z');

/** What is in a file. */
export const text = (path: string): string => readFileSync(path, 'utf8');

/** Whether there is a symbolic link. */
export const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** Whether there is a directory, and no link to one. */
export const isDirectory = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Whether there is a file with this in it. */
export const has = (path: string, content: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isFile() === true && text(path) === content;

/** Writes a file whose time is old. */
export function writeOld(path: string, content: string, time: Date = year2001): void {
  writeFileSync(path, content);
  utimesSync(path, time, time);
}

/** Runs a program and returns what it printed. */
export async function execute(file: string, ...args: string[]): Promise<string> {
  return (await run(localTransport(), createCommand(file, args, { stop: 'kill' }))).stdout;
}

// Node has no calls for them, and setfattr is not everywhere. Perl is, on Debian.
const isArm = process.arch === 'arm64';

/** Sets an extended attribute to bytes, in hexadecimal. */
export async function setAttribute(path: string, name: string, hex: string): Promise<void> {
  const script = 'my $v = pack("H*", $ARGV[3]); exit(syscall($ARGV[0]+0, $ARGV[1], $ARGV[2], $v, length $v, 0) != 0)';
  await execute('perl', '-e', script, isArm ? '5' : '188', path, name, hex);
}

/** An extended attribute in hexadecimal, `''` if there is none. */
export async function attribute(path: string, name: string): Promise<string> {
  const script =
    'my $v = "\\0" x 999; my $n = syscall($ARGV[0]+0, $ARGV[1], $ARGV[2], $v, 999); print unpack("H*", substr($v, 0, $n)) if $n > 0';
  return execute('perl', '-e', script, isArm ? '8' : '191', path, name);
}

/** `u::rw-, u:12345:rw-, g::r--, m::rw-, o::---` as the kernel has it. */
export const accessList: string =
  '02000000' + '01000600ffffffff' + '0200060039300000' + '04000400ffffffff' + '10000600ffffffff' + '20000000ffffffff';

/** The processes with a path among their words: what `/proc` tells of each. */
export function processes(path: string): readonly { readonly status: string }[] {
  return readdirSync('/proc').flatMap((id) => {
    if (!/^\d+$/.test(id)) return [];
    try {
      const words = text(`/proc/${id}/cmdline`);
      return words.includes(path) ? [{ status: text(`/proc/${id}/status`) }] : [];
    } catch {
      return [];
    }
  });
}
