import { createCommand, localTransport, type Command, type Transport } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply } from '@quiesce/command/testing';
import { holderFile, lockedExitCode } from '../../host/lock.js';
import { createRunId } from '../../run-id.js';
import { folderStateText, runStateText } from '../../target/target-state.js';

/** A snapshot of a target that is none. */
export interface FakeSnapshot {
  /** When the run was whose data it holds. */
  readonly at: Date;
  readonly complete?: boolean;
  /** Whether a run of ours made it. */
  readonly isOurs?: boolean;
  readonly holds?: number;
  /** What zfs says when it is to be destroyed, though nothing of it showed before. */
  readonly refusal?: string;
}

/** What is on a host that is none. */
export interface FakeTarget {
  /** The oldest first, by the name after the `@`. Each has 1 MiB of its own. */
  readonly snapshots: Map<string, FakeSnapshot>;
  isMounted: boolean;
  /** Another run holds the lock. */
  isBusy: boolean;
  now: Date;
  /** Called before each command. */
  onCommand: (command: Command) => ScriptedReply | undefined;
}

export const target = 'archives/backups';
const mebibyte = 1_048_576;
const seconds = (date: Date): string => String(Math.floor(date.getTime() / 1000));
const runIdOf = ({ at }: FakeSnapshot): string => createRunId(Number(seconds(at))).replace(/-.*/, '-0a0b0c0d');

/** A target with a complete snapshot of each of some nights, and nothing complete in it now. */
export function fakeTarget(nights: number): FakeTarget {
  const first = Date.UTC(2013, 2, 25, 1) - nights * 86_400_000;
  const snapshots = Array.from({ length: nights }, (_, index): [string, FakeSnapshot] => [
    `night.${String(index + 1)}`,
    { at: new Date(first + index * 86_400_000) },
  ]);
  return {
    ...{ snapshots: new Map(snapshots), isMounted: true, isBusy: false, now: new Date('2013-03-25T12:00:00Z') },
    onCommand: () => undefined,
  };
}

function properties(name: string, snapshot: FakeSnapshot | undefined): [string, string, string, string][] {
  const native = { creation: '1', used: String(mebibyte), referenced: '9', userrefs: '-', clones: '-', guid: '7' };
  const state = snapshot?.complete === false ? 'incomplete' : 'complete';
  const of = snapshot && { creation: seconds(snapshot.at), userrefs: String(snapshot.holds ?? 0), clones: '' };
  const ours = snapshot?.isOurs === false || snapshot === undefined ? {} : { run: runIdOf(snapshot), state };
  return [
    ...Object.entries({ ...native, ...of }).map(
      ([key, value]) => [name, key, '-', value] as [string, string, string, string],
    ),
    ...['run', 'state', 'verified'].map((key): [string, string, string, string] => {
      const value = (ours as Partial<Record<string, string>>)[key];
      return [name, `quiesce:${key}`, value === undefined ? '-' : 'local', value ?? '-'];
    }),
  ];
}

function get({ snapshots }: FakeTarget, args: readonly string[]): ScriptedReply {
  const all = [['', undefined] as const, ...snapshots].flatMap(([name, snapshot]) =>
    properties(name === '' ? target : `${target}@${name}`, snapshot),
  );
  const isNames = args.includes('name,property');
  return { stdout: all.map((row) => `${(isNames ? row.slice(0, 2) : row).join('\t')}\n`).join('') };
}

function files({ snapshots }: FakeTarget): ScriptedReply {
  const told = [...snapshots].map(([name, snapshot]) => {
    const held = { runId: runIdOf(snapshot), complete: snapshot.complete !== false };
    const folder = folderStateText({ ...held, folder: 'SSD.images', source: '/dev/SSD/images' });
    return `state ${name}\0file ${runStateText(held)}\0file ${folder}\0`;
  });
  return { stdout: `state \0${told.join('')}` };
}

/** All that are named go, or none. */
function destroy({ snapshots }: FakeTarget, args: readonly string[]): ScriptedReply {
  const names = (args.at(-1) ?? '').replace(/.*@/, '').split(',');
  const found = names.filter((name) => snapshots.has(name));
  if (found.length === 0)
    return { exitCode: 1, stderr: 'could not find any snapshots to destroy; check snapshot names.\n' };
  const rows = found.map((name) => `destroy\t${target}@${name}\n`).join('');
  const stdout = `${rows}reclaim\t${String(found.length * mebibyte)}\n`;
  if (args.includes('-nvp')) return { stdout };
  const refused = found.find((name) => snapshots.get(name)?.refusal !== undefined);
  if (refused !== undefined) return { exitCode: 1, stdout, stderr: `${snapshots.get(refused)?.refusal ?? ''}\n` };
  for (const name of found) snapshots.delete(name);
  return { stdout };
}

function answer(host: FakeTarget, { args, file }: Command): ScriptedReply | undefined {
  const holder = { runId: '1364083186-0a0b0c0d', pid: 1, machine: 'here', hostPid: 2, since: 1_364_083_186 };
  switch (`${file} ${args[0] ?? ''}`) {
    case 'cat --':
      return args.at(-1) === holderFile ? { stdout: JSON.stringify(holder) } : { exitCode: 1 };
    case 'cat /proc/self/mountinfo':
      return { stdout: host.isMounted ? `98 28 0:52 / /${target} rw - zfs ${target} rw\n` : '' };
    case 'date +%s':
      return { stdout: `${seconds(host.now)}\n` };
    case 'sh -c':
      return args.includes('flock') ? { exitCode: lockedExitCode } : undefined;
    case 'unshare --mount':
      return files(host);
    case 'zfs get':
      return get(host, args);
    case 'zfs destroy':
      return destroy(host, args);
    default:
      return undefined;
  }
}

/**
 * A transport to it, with the commands that were run. The lock is held by a process that does
 * nothing else.
 */
export function reach(host: FakeTarget): Transport & { readonly commands: readonly Command[] } {
  const scripted = scriptedTransport((command) => host.onCommand(command) ?? answer(host, command));
  const hold = 'printf \'%s %s\\n\' "$1" "$EPOCHREALTIME"; exec cat >/dev/null';
  return {
    name: 'fake',
    commands: scripted.commands,
    start: (command, options) => {
      if (!command.args.includes('flock') || host.isBusy) return scripted.start(command, options);
      const token = command.args.at(-1) ?? '';
      return localTransport().start(createCommand('bash', ['-c', hold, 'bash', token], { stop: 'kill' }), options);
    },
  };
}
