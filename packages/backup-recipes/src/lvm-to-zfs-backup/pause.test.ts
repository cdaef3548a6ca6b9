import { setTimeout as delay } from 'node:timers/promises';
import { ExitError, mapExitError, type Command } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { virshErrors, type BatchOptions, type BatchResult } from '@quiesce/virsh';
import { describe, expect, it } from 'vitest';
import type { Clients } from './context.js';
import { Journal } from './journal.js';
import { takeSnapshots } from './pause.js';
import type { BackupReport } from './report.js';
import { resolveOptions } from './resolve-options.js';
import { untouched, type RunState, type VolumeState } from './run-state.js';

/** Orders of events that no real libvirt can be made to keep to. */
interface Night {
  /** How the guests are when the run looks at them: `guest-1`, …. */
  readonly states: readonly string[];
  /** What stands in for virsh. Undefined: it answers at once. */
  readonly virsh?: (host: Host, commands: readonly Command[]) => Promise<BatchResult[] | undefined>;
  readonly lvconvert?: (host: Host) => Promise<void>;
  readonly armMs?: number;
}

const stateNumbers: Readonly<Record<string, number>> = { running: 1, paused: 3, 'shut off': 5 };

/** A host whose guests do what virsh tells them. */
class Host {
  readonly guests: { name: string; uuid: string; state: string }[];
  watchdogArmed = false;

  constructor(states: readonly string[]) {
    this.guests = states.map((state, index) => ({
      name: `guest-${String(index + 1)}`,
      uuid: `0000000${String(index)}-0000-4000-8000-000000000000`,
      state,
    }));
  }

  set(index: number, state: string): void {
    Object.assign(this.guests[index] ?? {}, { state });
  }

  states(): string[] {
    return this.guests.map(({ state }) => state);
  }

  answer(command: Command): BatchResult {
    const [verb, ...words] = command.args;
    const guest = this.guests.find(({ uuid }) => words.includes(`--domain=${uuid}`));
    if (verb === 'list') return good(command, this.guests.map(({ name, uuid }) => `${uuid} 1 ${name}\n`).join(''));
    if (verb === 'domstats') {
      const lines = this.guests.map(
        ({ name, state }) =>
          `Domain: '${name}'\n  state.state=${String(stateNumbers[state])}\n  state.reason=1\n  block.count=0\n`,
      );
      return good(command, lines.join('\n'));
    }
    if (verb === 'resume' && guest?.state === 'running') {
      return bad(command, 'error: Requested operation is not valid: domain is already running\n');
    }
    if (guest !== undefined && verb === 'suspend') guest.state = 'paused';
    if (guest !== undefined && verb === 'resume') guest.state = 'running';
    return good(command, '');
  }
}

const good = (command: Command, stdout: string): BatchResult => ({ command, stdout, error: undefined });
const bad = (command: Command, stderr: string): BatchResult => ({
  command,
  stdout: '',
  error: mapExitError(new ExitError({ command, exitCode: 1, stdout: '', stderr }), virshErrors),
});
const has = (commands: readonly Command[], verb: string): boolean => commands.some(({ args }) => args[0] === verb);

interface Morning {
  readonly host: Host;
  readonly fatal: readonly string[];
  readonly domains: BackupReport['domains'];
  readonly leftovers: readonly string[];
  readonly volume: VolumeState;
  readonly error: unknown;
}

async function pass({ states, virsh, lvconvert, armMs = 0 }: Night): Promise<Morning> {
  const host = new Host(states);
  const transport = scriptedTransport(({ file }) => {
    if (file === 'systemd-run') host.watchdogArmed = true;
    if (file === 'systemctl') host.watchdogArmed = false;
    return { durationMs: file === 'systemd-run' ? armMs : 0 };
  });
  const clients = {
    virsh: {
      batch: async ({ commands }: BatchOptions) =>
        (await virsh?.(host, commands)) ?? commands.map((command) => host.answer(command)),
    },
    lvm: { lvcreate: () => Promise.resolve(), lvconvert: () => lvconvert?.(host) ?? Promise.resolve() },
  } as unknown as Clients;
  const journal = new Journal(undefined);
  const domains = host.guests.map((guest) => ({ ...guest, disks: [] }));
  const volume = untouched({
    volumeGroup: 'vg',
    name: 'a',
    path: '/dev/vg/a',
    snapshotName: 'a.1',
    snapshotPath: '/dev/vg/a.1',
    snapshotMapperName: 'vg-a.1',
    snapshotSizeBytes: 4_194_304,
    folderName: 'vg.a',
    mountFolder: '/run/backup/1/vg.a',
  });
  const options = resolveOptions({
    transport,
    domains: domains.map(({ name }) => name),
    volumes: ['/dev/vg/a'],
    target: 'tank/backups',
    maximumPauseMs: 1000,
    settleMs: 0,
  });
  const state = {
    ...{ runId: '1-abcd', options, transport, clients, journal, signal: undefined },
    ...{ facts: { domains }, volumes: [volume], domains: [], leftovers: [] },
  } as unknown as RunState;
  let error: unknown;
  try {
    const { settled } = await takeSnapshots(state);
    await settled;
  } catch (reason) {
    error = reason;
  }
  return {
    host,
    volume,
    error,
    domains: state.domains,
    fatal: journal.problems.filter((problem) => problem.fatal).map(({ message }) => message),
    leftovers: state.leftovers.map(({ kind }) => kind),
  };
}

describe('no guest stays paused', () => {
  it('whose suspend comes after the resume, although the resume had seen it running', async () => {
    let release = (): void => undefined;
    const { host, domains, leftovers, volume } = await pass({
      states: ['running'],
      virsh: async (there, commands) => {
        if (has(commands, 'suspend')) {
          await new Promise<void>((resolve) => (release = resolve));
          return undefined;
        }
        if (!has(commands, 'resume')) return undefined;
        const answers = commands.map((command) => there.answer(command));
        release();
        await delay(20);
        return answers;
      },
    });
    expect(host.states()).toEqual(['running']);
    expect(host.watchdogArmed).toBe(false);
    expect(domains).toMatchObject([{ suspended: true, runningAfter: true }]);
    expect(leftovers).toEqual([]);
    expect(volume.failed).toBe(true);
  });

  it('when libvirt ended after it had paused it and before it said so', async () => {
    const { host, domains, volume } = await pass({
      states: ['running'],
      virsh: (there, commands) =>
        Promise.resolve(
          commands.map((command) => {
            const answer = there.answer(command);
            if (command.args[0] !== 'suspend') return answer;
            return bad(command, 'error: Disconnected from qemu:///system due to end of file\n');
          }),
        ),
    });
    expect(host.states()).toEqual(['running']);
    expect(domains).toMatchObject([{ suspended: true, runningAfter: true }]);
    expect(volume.failed).toBe(true);
  });

  it('because none is paused where the watchdog took long to be armed', async () => {
    const suspended: boolean[] = [];
    const { host, error } = await pass({
      states: ['running'],
      armMs: 600,
      virsh: (_, commands) => {
        suspended.push(has(commands, 'suspend'));
        return Promise.resolve(undefined);
      },
    });
    expect(String(error)).toContain('nothing was paused');
    expect(suspended).not.toContain(true);
    expect(host.watchdogArmed).toBe(false);
  });

  it('because none is paused where libvirt does not answer to the flush', async () => {
    const { host, error, volume } = await pass({
      states: ['running'],
      virsh: (_, commands) =>
        has(commands, 'send-key') ? Promise.reject(new Error('no end after 60000 ms')) : Promise.resolve(undefined),
    });
    expect(String(error)).toContain('no end');
    expect(host.states()).toEqual(['running']);
    // It was made beside the flush, and is known to be there.
    expect(volume.spaceMade).toBe(true);
  });
});

describe('a snapshot is not of one moment', () => {
  it('when a guest that someone else had paused runs again while it is made', async () => {
    const { fatal, volume, domains } = await pass({
      states: ['running', 'running'],
      virsh: (there, commands) => {
        if (has(commands, 'suspend')) there.set(0, 'paused');
        return Promise.resolve(undefined);
      },
      lvconvert: (there) => {
        there.set(0, 'running');
        return Promise.resolve();
      },
    });
    expect(domains.map(({ suspended }) => suspended)).toEqual([false, true]);
    expect(fatal).toEqual([expect.stringMatching(/guest-1 .* is running now/)]);
    expect(volume.failed).toBe(true);
  });

  it('when nobody can say whether a guest stood still', async () => {
    const { fatal, volume } = await pass({
      states: ['running', 'shut off'],
      virsh: (there, commands) => {
        if (has(commands, 'suspend')) there.set(0, 'paused');
        else if (!has(commands, 'send-key')) return Promise.reject(new Error('no end after 10000 ms'));
        return Promise.resolve(undefined);
      },
    });
    expect(fatal).toEqual([
      expect.stringMatching(/whether guest-1 .* can't be found out/),
      expect.stringMatching(/whether guest-2 .* can't be found out/),
    ]);
    expect(volume.failed).toBe(true);
  });

  it('when LVM makes it after it was given up', async () => {
    let made = (): void => undefined;
    const { fatal, leftovers, volume } = await pass({
      states: ['shut off'],
      lvconvert: () => new Promise<void>((resolve) => (made = resolve)),
    });
    expect(fatal).toEqual([expect.stringContaining('no answer from LVM')]);
    expect(leftovers).toEqual(['lvm-snapshot']);
    made();
    await delay(10);
    expect(volume).toMatchObject({ failed: true, snapshotMade: true });
  });
});
