import { InvalidArgumentError, localTransport, type Transport } from '@quiesce/command';
import { parseVolumePath, type VolumePath } from '@quiesce/lvm';
import { rsyncCommand } from '@quiesce/rsync';
import { defaultMountRoot, isAbsolute, mountRootProblems, plainPath } from '../../mount-root.js';
import { PreflightError, type PreflightProblem } from '../../preflight-error.js';
import { shapeProblems } from '../../shape-problems.js';
import { copyOptions } from '../copy/copy-options.js';
import { limitProblems, limitsOf, type RunLimits } from '../../limits.js';
import { targetNameProblems } from '../../target/target-name.js';
import { targetStateFolder } from '../../target/target-commands.js';
import type { BackupHooks } from '../hooks/hooks.js';
import { extraArgumentProblem } from './extra-arguments.js';
import { optionShape } from './option-shape.js';
import type { CopyOptions, HostRootOptions, LvmToZfsBackupOptions } from './options.js';

/**
 * The options with every default filled in, checked as far as that is possible without the host.
 */
export interface ResolvedOptions {
  readonly domains: readonly string[];
  readonly volumes: readonly VolumePath[];
  readonly target: string;
  readonly allowDegradedPool: boolean;
  readonly uncoveredDisks: 'allow' | 'refuse';
  readonly unlistedGuests: 'allow' | 'refuse';
  readonly mountRoot: string;
  readonly reconcile: boolean;
  readonly epochSeconds: number | undefined;
  readonly zfsSnapshotPrefix: string;
  readonly snapshotSizeBytes: number;
  readonly chunkSizeBytes: number;
  readonly settleMs: number;
  readonly maximumPauseMs: number;
  readonly copy: Required<CopyOptions>;
  readonly verify: 'none' | 'sampled' | 'full';
  readonly checksums: boolean;
  readonly hooks: BackupHooks;
  readonly hookMs: number;
  readonly limits: RunLimits;
  readonly hostRoot: Required<HostRootOptions> | undefined;
  readonly transport: Transport;
}

/** File systems that a host boots from, where it has them. */
export const usualMounts: readonly string[] = ['/boot', '/boot/efi'];

const gibibyte = 1024 ** 3;
const kibibyte = 1024;

const controlCharacter = /\p{Cc}/u;
const snapshotPrefix = /^[A-Za-z0-9_.:][A-Za-z0-9_.:-]*$/;
const folderName = /^[A-Za-z0-9_.+][A-Za-z0-9_.+-]*$/;

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value));
}

function volumeOf(path: string): VolumePath | undefined {
  try {
    return parseVolumePath(path);
  } catch {
    return undefined;
  }
}

function* duplicates(values: readonly string[]): Generator<number> {
  for (const [index, value] of values.entries()) if (values.indexOf(value) < index) yield index;
}

function* problemsOf(options: LvmToZfsBackupOptions, resolved: ResolvedOptions): Generator<PreflightProblem> {
  const { domains, volumes, target } = options;
  for (const [index, value] of domains.entries()) {
    const option = `domains[${String(index)}]`;
    if (value === '' || value.startsWith('-') || value.includes('/') || controlCharacter.test(value)) {
      yield {
        option,
        value,
        problem: 'not the name of a domain: it must not be empty, begin with - or hold / or control characters',
      };
    } else if (/^\d+$/.test(value)) {
      yield { option, value, problem: 'virsh takes digits for an id, not a name: give the UUID of the domain' };
    }
  }
  if (volumes.length === 0)
    yield { option: 'volumes', value: '', problem: 'give at least one logical volume as /dev/group/volume' };
  for (const [index, value] of volumes.entries()) {
    if (volumeOf(value) === undefined) {
      const problem =
        'not the path of a logical volume: give it as /dev/group/volume, with letters, digits and + _ . -';
      yield { option: `volumes[${String(index)}]`, value, problem };
    }
  }
  for (const [option, values] of Object.entries({ domains })) {
    for (const index of duplicates(values)) {
      yield { option: `${option}[${String(index)}]`, value: values[index] ?? '', problem: 'given twice' };
    }
  }
  const folders = new Map<string, string>();
  const copies = [
    ...volumes.map((value, index) => {
      const volume = volumeOf(value);
      const folder = volume === undefined ? undefined : `${volume.volumeGroup}.${volume.name}`;
      return { option: `volumes[${String(index)}]`, value, folder };
    }),
    { option: 'hostRoot.folder', value: resolved.hostRoot?.folder ?? '', folder: resolved.hostRoot?.folder },
  ];
  for (const { option, value, folder } of copies) {
    if (folder === undefined) continue;
    const other = folders.get(folder);
    if (other !== undefined)
      yield { option, value, problem: `it would be copied to the same folder as ${other}: ${folder}` };
    folders.set(folder, option);
  }
  yield* targetNameProblems(target);
  const { mountRoot, zfsSnapshotPrefix, hostRoot } = resolved;
  yield* mountRootProblems(mountRoot);
  if (!snapshotPrefix.test(zfsSnapshotPrefix)) {
    yield { option: 'zfsSnapshotPrefix', value: zfsSnapshotPrefix, problem: 'not letters, digits and _ . : -' };
  }
  if (hostRoot !== undefined) {
    if (!isAbsolute(hostRoot.source))
      yield { option: 'hostRoot.source', value: hostRoot.source, problem: 'not an absolute path without ..' };
    for (const [index, value] of hostRoot.mounts.entries()) {
      if (isAbsolute(value)) continue;
      yield { option: `hostRoot.mounts[${String(index)}]`, value, problem: 'not an absolute path without ..' };
    }
    if (hostRoot.folder === targetStateFolder) {
      const problem = 'the folder in which a target keeps what is known of its data: take another name';
      yield { option: 'hostRoot.folder', value: hostRoot.folder, problem };
    } else if (!folderName.test(hostRoot.folder) || /^\.+$/.test(hostRoot.folder)) {
      yield {
        option: 'hostRoot.folder',
        value: hostRoot.folder,
        problem: 'not the name of a folder: letters, digits and _ . + -',
      };
    }
  }
}

function* numberProblemsOf(resolved: ResolvedOptions): Generator<PreflightProblem> {
  const { snapshotSizeBytes, chunkSizeBytes, settleMs, maximumPauseMs, epochSeconds, hookMs } = resolved;
  const check = (option: string, value: number, fits: boolean, problem: string): PreflightProblem[] =>
    Number.isSafeInteger(value) && fits ? [] : [{ option, value: String(value), problem }];
  yield* check(
    'snapshotSizeBytes',
    snapshotSizeBytes,
    snapshotSizeBytes > 0 && snapshotSizeBytes % 512 === 0,
    'not a multiple of 512 bytes above 0',
  );
  const chunkFits = chunkSizeBytes >= 4 * kibibyte && chunkSizeBytes <= 512 * kibibyte && isPowerOfTwo(chunkSizeBytes);
  yield* check('chunkSizeBytes', chunkSizeBytes, chunkFits, 'not a power of two from 4096 to 524288 bytes');
  yield* check('settleMs', settleMs, settleMs >= 0 && settleMs <= 60_000, 'not milliseconds from 0 to 60000');
  yield* check('hookMs', hookMs, hookMs >= 1 && hookMs <= 3_600_000, 'not milliseconds from 1 to 3600000');
  yield* check(
    'maximumPauseMs',
    maximumPauseMs,
    maximumPauseMs >= 1000 && maximumPauseMs <= 3_600_000,
    'not milliseconds from 1000 to 3600000',
  );
  if (epochSeconds !== undefined)
    yield* check('epochSeconds', epochSeconds, epochSeconds >= 0, 'not whole seconds of UNIX time');
  yield* limitProblems(resolved.limits);
}

/**
 * What only rsync's own builder would refuse, and then in the middle of a run, and what would make
 * the copy no copy.
 */
function* copyProblemsOf(resolved: ResolvedOptions): Generator<PreflightProblem> {
  const { copy, hostRoot } = resolved;
  for (const [index, value] of copy.extraArguments.entries()) {
    const problem = extraArgumentProblem(value);
    if (problem !== undefined) yield { option: `copy.extraArguments[${String(index)}]`, value, problem };
  }
  const exclude = hostRoot?.exclude ?? [];
  try {
    rsyncCommand(copyOptions(resolved, '', { source: '/', folder: 'root', exclude, isLive: true }));
  } catch (error) {
    if (!InvalidArgumentError.isInstance(error)) throw error;
    const isExclude = error.argument.startsWith('excludes');
    // Those are judged above.
    if (!isExclude && error.argument.startsWith('extraArguments')) return;
    const option = isExclude ? error.argument.replace('excludes', 'hostRoot.exclude') : `copy.${error.argument}`;
    yield { option, value: String(error.value), problem: error.message };
  }
}

/**
 * Fills in the defaults, those of the documented procedure.
 *
 * @throws {@link PreflightError} that lists every option which no host could make right.
 */
export function resolveOptions(options: LvmToZfsBackupOptions): ResolvedOptions {
  const misshapen = shapeProblems(optionShape, options);
  if (misshapen.length > 0) throw new PreflightError(misshapen);
  const { copy = {}, hostRoot = {} } = options;
  const resolved: ResolvedOptions = {
    domains: [...options.domains],
    volumes: options.volumes.flatMap((path) => volumeOf(path) ?? []),
    target: options.target,
    allowDegradedPool: options.allowDegradedPool ?? false,
    uncoveredDisks: options.uncoveredDisks ?? 'refuse',
    unlistedGuests: options.unlistedGuests ?? 'refuse',
    mountRoot: options.mountRoot ?? defaultMountRoot,
    reconcile: options.reconcile ?? true,
    epochSeconds: options.epochSeconds,
    zfsSnapshotPrefix: options.zfsSnapshotPrefix ?? 'daily',
    snapshotSizeBytes: options.snapshotSizeBytes ?? 10 * gibibyte,
    chunkSizeBytes: options.chunkSizeBytes ?? 512 * kibibyte,
    settleMs: options.settleMs ?? 1000,
    maximumPauseMs: options.maximumPauseMs ?? 30_000,
    copy: {
      wholeFile: copy.wholeFile ?? false,
      inplace: copy.inplace ?? true,
      extraArguments: copy.extraArguments ?? [],
    },
    verify: options.verify ?? 'sampled',
    checksums: options.checksums ?? true,
    hooks: options.hooks ?? {},
    hookMs: options.hookMs ?? 60_000,
    limits: limitsOf(options.limits),
    hostRoot:
      hostRoot === false
        ? undefined
        : {
            source: plainPath(hostRoot.source ?? '/'),
            folder: hostRoot.folder ?? 'root',
            exclude: hostRoot.exclude ?? [],
            mounts: (hostRoot.mounts ?? usualMounts).map(plainPath),
          },
    transport: options.transport ?? localTransport(),
  };
  const problems = [...problemsOf(options, resolved), ...numberProblemsOf(resolved), ...copyProblemsOf(resolved)];
  if (problems.length > 0) throw new PreflightError(problems);
  return resolved;
}
