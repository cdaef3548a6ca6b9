import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport, run, type Command, type CommandOutput } from '@quiesce/command';
import { mountinfoWord } from '../../host/mounts.js';
import type { TargetPlace } from '../target-commands.js';

/** A line of the kernel's list of mounts. */
export function mountLine(where: string, type: string, source: string, root = '/'): string {
  return `60 28 0:48 ${root} ${mountinfoWord(where)} rw,relatime shared:7 - ${type} ${mountinfoWord(source)} rw\n`;
}

/** A folder in place of a target, which the scripts take for a dataset's. */
export class TargetFolder implements AsyncDisposable {
  private constructor(
    /** What it lies in. */
    readonly base: string,
    readonly place: TargetPlace,
    private readonly mounts: string,
  ) {}

  static async create(): Promise<TargetFolder> {
    const base = await realpath(await mkdtemp(path.join(tmpdir(), 'quiesce-target-')));
    const place = { dataset: 'archives/my backups', targetFolder: path.join(base, "it's a target 1") };
    await mkdir(place.targetFolder);
    const made = new TargetFolder(base, place, path.join(base, 'mountinfo'));
    await writeFile(
      made.mounts,
      `28 1 254:0 / / rw - ext4 /dev/vda rw\n${mountLine(place.targetFolder, 'zfs', place.dataset)}`,
    );
    return made;
  }

  /** A path in it. */
  inTarget(...names: readonly string[]): string {
    return path.join(this.place.targetFolder, ...names);
  }

  /** Mounts something, by what the scripts are told. */
  async mount(line: string): Promise<void> {
    await writeFile(this.mounts, `${await readFile(this.mounts, 'utf8')}${line}`);
  }

  /** Runs a command with a list of mounts in place of the kernel's. */
  async play(command: Command, exitCode = 0): Promise<CommandOutput> {
    const args = command.args.map((word) => word.replaceAll('/proc/self/mountinfo', `"${this.mounts}"`));
    return run(localTransport(), { ...command, args }, { successCodes: [exitCode] });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.base, { recursive: true });
  }
}
