import { createCommand, localTransport, type Command, type Transport } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply } from '@quiesce/command/testing';
import { holderFile, lockedExitCode } from '../../host/lock.js';
import { answerVirsh, type FakeDomain } from './fake-virsh.js';

/** What of runs is on a host that is none. */
export interface FakeHost {
  readonly domains: FakeDomain[];
  /** Units by name, with their states. */
  readonly units: Map<string, string>;
  readonly mounts: Set<string>;
  /** Volumes by device: the run or restore of their tag, and whether they are snapshots. */
  readonly volumes: Map<string, { readonly runId: string; readonly isSnapshot: boolean; readonly isRestore?: boolean }>;
  /** Roots of restores, by their runs. */
  readonly restores: Map<string, string>;
  readonly folders: Set<string>;
  /** Rows of `zfs get`. */
  datasets: string[];
  /** Boot tests that somebody sees to. */
  readonly keptTests: Set<string>;
  /** The run that holds the lock. */
  liveRun: string | undefined;
  /** Replies in place of the usual, for commands that one of these words is in. */
  readonly replies: Map<string, ScriptedReply>;
}

/** A host on which nothing is left of any run. */
export function cleanHost(): FakeHost {
  return {
    domains: [{ name: 'Server-Tim', uuid: '00000000-0000-0000-0000-000000000001', state: 'running', mark: undefined }],
    units: new Map(),
    mounts: new Set(),
    volumes: new Map(),
    restores: new Map(),
    folders: new Set(),
    datasets: [],
    keptTests: new Set(),
    liveRun: undefined,
    replies: new Map(),
  };
}

function reportVolumes({ volumes }: FakeHost): string {
  const lv = [...volumes].map(([path, { runId, isRestore = false, isSnapshot }]) => {
    const [, , group, name] = path.split('/');
    return {
      ...{ vg_name: group, lv_name: name, lv_full_name: `${group ?? ''}/${name ?? ''}`, lv_uuid: path, lv_path: path },
      ...{ lv_dm_path: path, lv_size: '8388608', lv_attr: 'swi-aos---', lv_layout: 'linear', segtype: 'linear' },
      ...{ lv_role: isSnapshot ? 'public,snapshot,thicksnapshot' : 'public', chunk_size: '0', origin: '' },
      ...{
        data_percent: '',
        lv_snapshot_invalid: '0',
        lv_tags: `x,quiesce.${isRestore ? 'restore' : 'run'}=${runId}`,
        lv_time: '1',
        devices: '',
      },
    };
  });
  return JSON.stringify({ report: [{ lv }] });
}

function remove(things: Set<string>, name: string, otherwise: string): ScriptedReply {
  return things.delete(name) ? {} : { exitCode: 1, stderr: `${name}: ${otherwise}\n` };
}

function answer(host: FakeHost, { file, args }: Command): ScriptedReply | undefined {
  const last = args.at(-1) ?? '';
  const holder = { runId: host.liveRun, pid: 1, machine: 'here', hostPid: 2, since: 1_364_083_186 };
  switch (`${file} ${args[0] ?? ''}`) {
    case 'cat --':
      return last === holderFile && host.liveRun !== undefined ? { stdout: JSON.stringify(holder) } : { exitCode: 1 };
    case 'cat /proc/self/mountinfo':
      return { stdout: [...host.mounts].map((target) => `30 1 252:3 / ${target} ro - ext4 /dev/x ro\n`).join('') };
    case 'lvm lvs':
      return { stdout: reportVolumes(host) };
    case 'lvm lvremove':
      host.volumes.delete(`/dev/${last}`);
      return {};
    case 'realpath --canonicalize-missing':
      return { stdout: `${last}\n` };
    case 'rm -rf':
      host.folders.delete(last);
      return {};
    case 'rmdir --':
      return remove(host.folders, last, 'No such file or directory');
    case 'sh -c':
      if (args[1]?.includes('restore-*') === true) {
        const links = [...host.restores].map(
          ([runId, root]) => `${runId}/restore-0\0${root}/.quiesce-restore-${runId}\0`,
        );
        return { stdout: links.join('') };
      }
      if (args[1]?.includes('rmdir') === true)
        return host.restores.delete(args[5]?.split('/').at(-1) ?? '') ? {} : { exitCode: 1 };
      if (args.includes('boot-tests')) return { stdout: [...host.keptTests].map((runId) => `${runId}\n`).join('') };
      if (args.includes('flock')) return { exitCode: lockedExitCode };
      if (args[1]?.includes('flock') === true) return { exitCode: host.liveRun === undefined ? 0 : 1 };
      return { stdout: [...host.folders].map((folder) => `${folder}\0`).join('') };
    case 'systemctl show':
      return { stdout: [...host.units].map(([unit, state]) => `Id=${unit}\nActiveState=${state}\n`).join('\n') };
    case 'systemctl stop':
      host.units.delete(last);
      return {};
    case 'zfs get':
      return { stdout: host.datasets.map((row) => `${row}\n`).join('') };
    case 'zfs destroy':
      host.datasets = host.datasets.filter((row) => row.split('\t')[0] !== last);
      return {};
    case 'umount --':
      return remove(host.mounts, last, 'not mounted.');
    default:
      return file === 'virsh' ? answerVirsh(host.domains, args) : undefined;
  }
}

/**
 * A transport to it, with the commands that were run. The lock is held by a process that does
 * nothing else.
 */
export function reach(host: FakeHost): Transport & { readonly commands: readonly Command[] } {
  const scripted = scriptedTransport((command) => {
    const words = [command.file, ...command.args].join(' ');
    const [, reply] = [...host.replies].find(([word]) => words.includes(word)) ?? [];
    return reply ?? answer(host, command);
  });
  const hold = 'printf \'%s %s\\n\' "$1" "$EPOCHREALTIME"; exec cat >/dev/null';
  return {
    name: 'fake',
    commands: scripted.commands,
    start: (command, options) => {
      if (!command.args.includes('flock') || host.liveRun !== undefined) return scripted.start(command, options);
      const token = command.args.at(-1) ?? '';
      return localTransport().start(createCommand('bash', ['-c', hold, 'bash', token], { stop: 'kill' }), options);
    },
  };
}
