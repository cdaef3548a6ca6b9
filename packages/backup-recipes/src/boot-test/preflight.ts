import { randomUUID } from 'node:crypto';
import { CommandError, run, type CallOptions, type Transport } from '@quiesce/command';
import { createVirsh, parseVirshDumpxml, type DomainDefinition } from '@quiesce/virsh';
import { createZfs } from '@quiesce/zfs';
import { memoryCommand, parseAvailableMemory } from '../host/available-memory.js';
import { parsePrograms, programsCommand } from '../host/programs.js';
import { listImages } from '../list-backups/run.js';
import type { ListedBackup } from '../list-backups/report.js';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import { readStates, type BackupState } from '../target/states.js';
import { chooseState, type ChosenState } from './choose-state.js';
import type { ResolvedBootOptions } from './options.js';
import { readChains } from './read-chains.js';
import type { BootImage } from './report.js';
import { testDefinition } from './test-definition.js';

/** What a boot test starts, and from what. */
export interface BootFacts {
  readonly connectUri: string;
  readonly state: ListedBackup;
  /** The definition of the throw-away guest. */
  readonly definition: string;
  readonly images: readonly BootImage[];
  /** Paths on the clone that QEMU has to get at. */
  readonly files: readonly string[];
  readonly leftOut: readonly string[];
  /** How much the guest may write, in bytes. */
  readonly quotaBytes: number;
}

const mebibyte = 1024 ** 2;
const spareBytes = 256 * mebibyte;
const mostWrittenBytes = 16 * 1024 * mebibyte;
const leastWrittenBytes = 64 * mebibyte;

function parseDefinition(guest: string, definition: string): DomainDefinition {
  try {
    return parseVirshDumpxml(definition);
  } catch (error) {
    if (!CommandError.isInstance(error)) throw error;
    const problem = `its definition in the backup can't be read: ${error.message}`;
    throw new PreflightError([{ option: 'guest', value: guest, problem, error }]);
  }
}

/** What of the host a test needs. */
async function hostProblems(
  options: ResolvedBootOptions,
  { memoryBytes = 0 }: { readonly memoryBytes: number | undefined },
  call: CallOptions,
): Promise<PreflightProblem[]> {
  const { stdout } = await run(options.transport, memoryCommand(), call);
  const needed = options.memoryBytes ?? memoryBytes;
  const available = parseAvailableMemory(stdout);
  if (needed + spareBytes <= available) return [];
  const inMiB = (size: number): string => `${String(Math.floor(size / mebibyte))} MiB`;
  const most = Math.max(0, available - spareBytes);
  const problem = `it would need ${inMiB(needed)}, and the host has ${inMiB(most)} to spare: guests that run would suffer`;
  return [{ option: 'memoryBytes', value: String(options.memoryBytes ?? 'as the guest has'), problem }];
}

async function quotaOf(options: ResolvedBootOptions, call: CallOptions): Promise<number> {
  const { target, transport } = options;
  const [pool = ''] = target.split('/');
  const found = await createZfs({ transport }).get({ ...call, datasets: pool, properties: ['available'] });
  const available = found[pool]?.available?.value ?? 0;
  // What the guest writes must not fill the pool that the next backup goes to.
  return Math.floor(Math.min(available / 2, mostWrittenBytes));
}

async function requirePrograms(transport: Transport, call: CallOptions): Promise<void> {
  const programs = ['virsh', 'zfs', 'qemu-img', 'flock', 'bash', 'tail', 'timeout'];
  const { stdout } = await run(transport, programsCommand({ programs }), call);
  const there = parsePrograms(stdout);
  const missing = programs.filter((program) => !there.has(program));
  if (missing.length === 0) return;
  const problem = `the host lacks ${missing.join(', ')}`;
  throw new PreflightError([{ option: 'transport', value: transport.name, problem }]);
}

/** Reads what can be started, and chooses; or takes the snapshot that was made of it. */
async function readChosen(
  options: ResolvedBootOptions,
  call: CallOptions,
  snapshot?: string,
): Promise<ChosenState & { readonly record: BackupState['guests'][number] }> {
  const { target, transport } = options;
  const states = await readStates({ transport, zfs: createZfs({ transport }) }, target, call);
  const wanted = snapshot === undefined ? options : { ...options, backup: snapshot };
  const chosen = chooseState(wanted, await listImages(transport, states, call));
  const record = states
    .find((state) => state.snapshot === chosen.state.snapshot)
    ?.guests.find(({ name }) => name === options.guest);
  if (record === undefined) throw new CommandError(`${options.guest} is not in the backup any more`);
  return { ...chosen, record };
}

/**
 * Looks whether a guest can be started from its backup. It only reads.
 *
 * @throws {@link PreflightError}
 */
export async function preflight(
  options: ResolvedBootOptions,
  { runId, signal, snapshot }: { runId: string; signal: AbortSignal | undefined; snapshot?: string },
): Promise<BootFacts> {
  const { limits, transport } = options;
  const call: CallOptions = { signal, timeoutMs: limits.readMs };
  await requirePrograms(transport, call);
  const connectUri = await createVirsh({ transport }).uri(call);
  const { guest, record, state } = await readChosen(options, call, snapshot);
  const original = parseDefinition(guest.name, record.definition);
  const chains = await readChains(transport, original, { guest, state }, call);
  const quotaBytes = await quotaOf(options, call);
  const made = testDefinition({
    ...{ runId, uuid: randomUUID(), definition: record.definition, images: guest.images, backing: chains.backing },
    ...{ sign: options.sign, memoryBytes: options.memoryBytes, vcpus: options.vcpus },
  });
  const ofGuest = [...new Set([...chains.problems, ...made.problems])];
  const problems = [
    ...ofGuest.map((problem): PreflightProblem => ({ option: 'guest', value: guest.name, problem })),
    ...(await hostProblems(options, original, call)),
  ];
  if (made.disks.length === 0 && ofGuest.length === 0) {
    problems.push({ option: 'guest', value: guest.name, problem: 'none of its disks is on an image in the backup' });
  }
  if (quotaBytes < leastWrittenBytes) {
    problems.push({ option: 'target', value: options.target, problem: 'its pool is too full for a guest to write to' });
  }
  if (problems.length > 0) throw new PreflightError(problems);
  const images = made.disks.flatMap(({ image, target: disk }): BootImage[] => {
    const { complete = false, runId: of } = guest.images.find(({ path }) => path === image.path) ?? {};
    const { file, folder, path } = image;
    return [{ disk, path, folder, file, runId: of, complete }];
  });
  return {
    ...{ connectUri, state, definition: made.xml, images, leftOut: made.leftOut, quotaBytes },
    files: guest.images
      .filter(({ sizeBytes }) => sizeBytes !== undefined)
      .map(({ file, folder }) => `${folder}/${file}`),
  };
}
