import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { createCommand, localTransport, run } from '@quiesce/command';
import { runFolder, stateFolder } from '../../run-folder.js';
import { resolveOptions } from '../options/resolve-options.js';
import { pauseScriptOf } from './pause-script-of.js';

const programs = path.join(import.meta.dirname, '__fixtures__', 'bin');

/** The run whose script it is. */
export const runId = '1364083186-0badf00d';

/** UUID of a guest. */
export function uuidOf(guest: number): string {
  return `00000000-0000-4000-8000-${guest.toString(16).padStart(12, '0')}`;
}

/** What a simulated host is made of. */
export interface SimulationOptions {
  /** State of each guest as virsh says it, and the numbers of the volumes that its disks are on. */
  readonly guests: readonly { readonly state: string; readonly on: readonly number[]; readonly name?: string }[];
  /** Volumes as `group/name`. */
  readonly volumes: readonly string[];
  readonly maximumPauseMs?: number;
  /** Numbers of volumes that get no snapshot after all. */
  readonly without?: readonly number[];
  /** Changes the text of the script. */
  readonly edit?: (script: string) => string;
}

function scriptOf({ guests, volumes, maximumPauseMs = 3000, without }: SimulationOptions): string {
  const domains = guests.map(({ name = 'guest', state }, index) => {
    return { name, uuid: uuidOf(index), isActive: true, disks: [], definition: undefined, state, mark: undefined };
  });
  const paths = volumes.map((volume) => `/dev/${volume}`);
  const options = resolveOptions({
    domains: domains.map(({ uuid }) => uuid),
    volumes: paths,
    target: 'archives/backups',
    settleMs: 10,
    maximumPauseMs,
  });
  const facts = {
    epochSeconds: 1_364_083_186,
    connectUri: 'qemu:///system',
    domains,
    disksOn: new Map(guests.map(({ on }, index) => [uuidOf(index), on])),
    volumes: volumes.map((volume) => {
      const [volumeGroup = '', name = ''] = volume.split('/');
      const names = { volumeGroup, name, path: `/dev/${volume}`, folderName: name, mountFolder: `/run/backup/${name}` };
      const snapshot = { snapshotName: `${name}.1`, snapshotPath: `/dev/${volume}.1`, snapshotMapperName: `${name}.1` };
      return { ...names, ...snapshot, snapshotSizeBytes: 1, mountPoint: '/srv', fileSystem: 'ext4', isChecked: true };
    }),
    targetFolder: '/archives/backups',
    zfsSnapshot: 'archives/backups@daily.1',
    provenance: { runId: undefined, complete: undefined },
    verified: undefined,
    properties: { runId: undefined, complete: undefined },
    ...{ state: '', hostMounts: [], guests: [], warnings: [] },
  };
  return pauseScriptOf({ facts, options, runId }, without);
}

/** A process of the script that runs. */
export interface Running {
  /** Undefined where a signal ended it. */
  readonly exitCode: Promise<number | undefined>;
  /** Ends the script, and not what it started. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

/**
 * The real script and a real bash, with stand-ins for virsh, LVM, sync and systemd: see
 * `__fixtures__/bin`.
 */
export class SimulatedHost implements AsyncDisposable {
  private constructor(
    readonly folder: string,
    private readonly guests: number,
  ) {}

  static async create(options: SimulationOptions): Promise<SimulatedHost> {
    const folder = await mkdtemp(path.join(tmpdir(), 'quiesce-pause-'));
    const host = new SimulatedHost(folder, options.guests.length);
    for (const name of ['guests', 'marks', 'hooks', path.dirname(host.inFolder('pause'))]) {
      await mkdir(path.resolve(folder, name), { recursive: true });
    }
    await run(localTransport(), createCommand('mkfifo', [path.join(folder, 'never')]));
    for (const [index, { state }] of options.guests.entries()) await host.setState(index, state);
    const { edit = (script: string) => script } = options;
    await writeFile(host.inFolder('pause'), edit(scriptOf(options)).replaceAll(stateFolder, folder));
    return host;
  }

  private inFolder(name: string): string {
    return path.join(runFolder(runId).replace(stateFolder, this.folder), name);
  }

  private async lines(file: string): Promise<string[]> {
    const text = await readFile(path.resolve(this.folder, file), 'utf8').catch(() => '');
    return text.split('\n').slice(0, -1);
  }

  async setState(guest: number, state: string): Promise<void> {
    await writeFile(path.join(this.folder, 'guests', uuidOf(guest)), `${state}\n`);
  }

  async setMark(guest: number, mark: string): Promise<void> {
    await writeFile(path.join(this.folder, 'marks', uuidOf(guest)), `${mark}\n`);
  }

  async addEvents(...events: readonly string[]): Promise<void> {
    await writeFile(this.inFolder('events'), events.map((event) => `1.000000 ${event}\n`).join(''));
  }

  /** Lines of bash that are run before a command of a stand-in: `resume`, or that of one guest. */
  async hook(command: string, text: string, guest?: number): Promise<void> {
    const name = guest === undefined ? command : `${command}.${uuidOf(guest)}`;
    await writeFile(path.join(this.folder, 'hooks', name), `${text}\n`);
  }

  async removeMark(guest: number): Promise<void> {
    await rm(path.join(this.folder, 'marks', uuidOf(guest)));
  }

  readScript(): Promise<string> {
    return readFile(this.inFolder('pause'), 'utf8');
  }

  async writeScript(text: string): Promise<void> {
    await writeFile(this.inFolder('pause'), text);
  }

  /** Writes an empty file that a hook waits for. */
  async touch(name: string): Promise<void> {
    await writeFile(path.join(this.folder, name), '');
  }

  start(
    verb: 'run' | 'end' | 'resume',
    variables: Readonly<Record<string, string>> = {},
    output: 'read' | 'unread' = 'read',
  ): Running {
    const env = { PATH: `${programs}:${process.env['PATH'] ?? ''}`, SIMULATION: this.folder, ...variables };
    const command = createCommand('bash', [this.inFolder('pause'), verb], { effect: 'read', env });
    const { pid, result, stderr, stdout } = localTransport().start(command);
    if (output === 'read') stdout.resume();
    stderr.resume();
    return {
      exitCode: result.then(({ exitCode }) => exitCode),
      kill: async (signal) => {
        const id = await pid;
        if (id !== undefined) process.kill(id, signal);
      },
    };
  }

  /** What systemd does: the script, and `end` once it has ended, and what that hands over. */
  async service(variables: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
    const exitCode = await this.start('run', variables).exitCode;
    await this.end();
    await this.until(async () => {
      const events = await this.events();
      return !events.includes('handed-over') || events.includes('ended');
    });
    return exitCode;
  }

  async end(): Promise<void> {
    await this.start('end').exitCode;
  }

  /** What the script told, without the times. */
  async events(): Promise<string[]> {
    return (await this.lines(this.inFolder('events'))).map((line) => line.replace(/^\d+\.\d+ /, '').trim());
  }

  /** What the stand-ins were called for. Guests have their numbers in place of their UUIDs. */
  async calls(): Promise<string[]> {
    const number = (uuid: string): string => String(Number.parseInt(uuid.slice(-12), 16));
    return (await this.lines('calls')).map((line) => line.replace(/[0-9a-f]{8}-[0-9a-f-]{27}$/, number));
  }

  /** States of the guests in one word each. */
  async states(): Promise<string[]> {
    const all = Array.from({ length: this.guests }, (_, guest) => this.lines(`guests/${uuidOf(guest)}`));
    return (await Promise.all(all)).map(([state = 'gone']) => state.replace(/ \(.*/, ''));
  }

  /** How many guests carry a mark. */
  async marks(): Promise<number> {
    const all = (await readdir(path.join(this.folder, 'marks'))).map((name) => this.lines(`marks/${name}`));
    return (await Promise.all(all)).filter((lines) => lines.length > 0).length;
  }

  /** Waits for something that comes to pass, however long it takes. */
  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await delay(50);
  }

  /** Processes of this host whose command line holds a word, by their ids. */
  async processes(word: string): Promise<number[]> {
    const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const found = ids.map(async (id) => {
      const read = (name: string): Promise<string> => readFile(`/proc/${id}/${name}`, 'latin1').catch(() => '');
      const isOurs = (await read('environ')).split('\0').includes(`SIMULATION=${this.folder}`);
      return isOurs && (await read('cmdline')).includes(word) ? [Number(id)] : [];
    });
    return (await Promise.all(found)).flat();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (let left = await this.processes(''); left.length > 0; left = await this.processes('')) {
      for (const id of left) {
        try {
          process.kill(id, 'SIGKILL');
        } catch {
          // It has ended.
        }
      }
      await delay(10);
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}
