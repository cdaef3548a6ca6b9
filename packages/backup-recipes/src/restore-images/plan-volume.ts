import { ExitError, run, type CallOptions } from '@quiesce/command';
import { createLvm, type LogicalVolume, type VolumeGroup } from '@quiesce/lvm';
import { firstBytesCommand, parseImageFormat } from '../host/image-format.js';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import type { Batch, BatchEntry, NewVolume } from './batches.js';
import type { ResolvedRestoreOptions } from './options.js';
import { restoreOfTags } from './volume-tag.js';

/** What is on the host that a volume is made on. */
interface VolumeFacts {
  readonly groups: readonly VolumeGroup[];
  readonly volumes: readonly LogicalVolume[];
}

function groupProblem(group: VolumeGroup | undefined, name: string, { groups }: VolumeFacts): string | undefined {
  if (group === undefined) {
    const others = groups.map((one) => one.name).join(', ');
    return `there is no such volume group: ${others === '' ? 'the host has none' : `it has ${others}`}`;
  }
  if (group.missingPhysicalVolumes === 0 && !group.attributes.exported) return undefined;
  const why = group.attributes.exported ? 'it is exported' : 'disks of it are missing';
  return `${why}, so nothing can be made in it: see vgs ${name}, or give another group`;
}

function* problemsOf(
  { group, name, sizeBytes }: Omit<NewVolume, 'device'>,
  facts: VolumeFacts,
): Generator<PreflightProblem> {
  const found = facts.groups.find((one) => one.name === group);
  const problem = groupProblem(found, group, facts);
  if (problem !== undefined) yield { option: 'to.volume.group', value: group, problem };
  const present = facts.volumes.find((one) => one.fullName === `${group}/${name}`);
  if (present !== undefined) {
    const runId = restoreOfTags(present.tags);
    const instead =
      runId === undefined
        ? 'give another name: no volume is written over'
        : `restore ${runId} left it when it was cut off: reconcile removes it`;
    yield { option: 'to.volume.name', value: name, problem: `there is such a volume in ${group}: ${instead}` };
  }
  if (found === undefined || found.freeBytes >= sizeBytes) return;
  const free = `it has ${String(found.freeBytes)} bytes free, and ${String(sizeBytes)} are needed`;
  yield { option: 'to.volume.group', value: group, problem: `${free}: make room, or give another group` };
}

/** Why an image can't be the content of a volume, as a disk. */
async function imageProblem(
  { transport }: ResolvedRestoreOptions,
  { from, shown, wrap }: Batch,
  { name, sizeBytes }: BatchEntry,
  call: CallOptions,
): Promise<PreflightProblem | undefined> {
  const refuse = (problem: string): PreflightProblem => ({ option: 'to.volume', value: `${shown}/${name}`, problem });
  if (sizeBytes === 0) return refuse('it is empty, and a volume can not be');
  const { stdout } = await run(transport, wrap(firstBytesCommand({ path: `${from}/${name}` })), call);
  const format = parseImageFormat(stdout);
  if (format === 'raw') return undefined;
  return refuse(`it is a ${format} image, and only the bytes of a raw one are a disk: give { file } or { folder }`);
}

/**
 * Looks whether a volume can be made for an image.
 *
 * @throws {@link PreflightError} with every reason why not.
 */
export async function planVolume(
  options: ResolvedRestoreOptions,
  batch: Batch,
  wanted: { readonly group: string; readonly name: string },
  call: CallOptions,
): Promise<Batch> {
  const [entry] = batch.entries;
  if (entry === undefined) return batch;
  const lvm = createLvm({ transport: options.destination });
  const [problem, groups, volumes] = await Promise.all([
    imageProblem(options, batch, entry, call),
    lvm.vgs(call),
    lvm.lvs(call),
  ]).catch((error: unknown) => {
    if (!ExitError.isInstance(error)) throw error;
    throw new PreflightError([{ option: 'to.volume', value: wanted.group, problem: error.message, error }]);
  });
  const extentBytes = groups.find(({ name }) => name === wanted.group)?.extentSizeBytes ?? 4096;
  const sizeBytes = Math.ceil(entry.sizeBytes / extentBytes) * extentBytes;
  const problems = [
    ...(problem === undefined ? [] : [problem]),
    ...problemsOf({ ...wanted, sizeBytes }, { groups, volumes }),
  ];
  if (problems.length > 0) throw new PreflightError(problems);
  return { ...batch, volume: { ...wanted, sizeBytes, device: batch.root } };
}
