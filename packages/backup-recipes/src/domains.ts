import { OutputParseError, type CallOptions } from '@quiesce/command';
import {
  DomainNotFoundError,
  parseVirshDumpxml,
  parseVirshList,
  parseVirshUri,
  parseVirshVolPath,
  virshDumpxmlCommand,
  virshListCommand,
  virshUriCommand,
  virshVolPathCommand,
  type BatchCommand,
  type DiskSource,
  type DomainDefinition,
  type DomainDisk,
  type ListedDomain,
  type Virsh,
} from '@quiesce/virsh';
import { batches, valueOf } from './batches.js';
import { readState } from './domain-answers.js';
import { readMark, type PauseMark } from './pause-mark.js';

/** A domain of the host, with what its definition says. */
export interface KnownDomain {
  readonly name: string;
  readonly uuid: string;
  /** Whether it runs or is paused, as far as libvirt knows without asking its QEMU. */
  readonly isActive: boolean;
  /**
   * Files and devices that its disks are on, now and after its next start, and a word for each disk
   * that is on neither. Media that it can't write to are left out.
   */
  readonly disks: readonly string[];
  /**
   * As libvirt will start it next, without passwords. Undefined where it could not be read.
   */
  readonly definition: string | undefined;
}

/** A domain that a run is about. */
export interface DomainFacts extends KnownDomain {
  /** As libvirt names it: `running`, `paused`, `shut off`, …. */
  readonly state: string;
  /** What a run that is about to pause it, or has, left on it. */
  readonly mark: PauseMark | undefined;
}

/** What is known of a host's domains. */
export interface HostDomains {
  /** How virsh reaches libvirt. */
  readonly connectUri: string;
  /** All of them. Their QEMUs were not asked: one that hangs holds up nobody. */
  readonly known: readonly KnownDomain[];
  /** Those that were asked for. */
  readonly wanted: readonly DomainFacts[];
}

/** Whether a domain must be paused for its image to stand still. */
export function isRunning({ state }: Pick<DomainFacts, 'state'>): boolean {
  return state === 'running' || state === 'idle';
}

type PoolVolume = Extract<DiskSource, { kind: 'volume' }>;

const keyOf = ({ pool, volume }: PoolVolume): string => `${pool}\n${volume}`;

function pathOf(source: DiskSource, volumes: ReadonlyMap<string, string>): string[] {
  if (source.kind === 'file') return [source.file];
  if (source.kind === 'block') return [source.device];
  if (source.kind === 'volume') return [volumes.get(keyOf(source)) ?? source.kind];
  // Where the rest lies is not known, but that it lies somewhere is.
  return source.kind === 'none' ? [] : [source.kind];
}

/**
 * Everything that a disk is made of: without its data file or the images below it an image is worth
 * nothing.
 */
function sourcesOf({ backing, dataFile, device, readonly, source }: DomainDisk): readonly DiskSource[] {
  if (readonly && (device === 'cdrom' || device === 'floppy')) return [];
  return dataFile === undefined ? [source, ...backing] : [source, dataFile, ...backing];
}

/**
 * The paths of the volumes of storage pools among sources. One that libvirt can't tell is left out.
 */
async function readVolumes(
  virsh: Virsh,
  sources: readonly DiskSource[],
  call: CallOptions,
): Promise<ReadonlyMap<string, string>> {
  const volumes = new Map(
    sources.flatMap((source) => (source.kind === 'volume' ? [[keyOf(source), source] as const] : [])),
  );
  if (volumes.size === 0) return new Map();
  const [paths] = await batches(
    virsh,
    [
      [...volumes.values()].map(({ pool, volume }) => ({
        command: virshVolPathCommand({ pool, volume }),
        parse: parseVirshVolPath,
      })),
    ],
    call,
  );
  return new Map(
    [...volumes.keys()].flatMap((key, index) => {
      const path = paths[index]?.value;
      return path === undefined ? [] : [[key, path] as const];
    }),
  );
}

function readDefinition({ domain, inactive }: { domain: string; inactive: boolean }): BatchCommand<DomainDefinition> {
  return { command: virshDumpxmlCommand({ domain, inactive }), parse: parseVirshDumpxml };
}

/**
 * Reads a host's domains, and the states of those that are wanted, by name or UUID.
 *
 * @throws what libvirt said about one that is wanted.
 */
export async function readDomains(virsh: Virsh, wanted: readonly string[], call: CallOptions): Promise<HostDomains> {
  const [uri, list] = await virsh.batch({
    ...call,
    commands: [
      { command: virshUriCommand(), parse: parseVirshUri },
      { command: virshListCommand({ all: true }), parse: parseVirshList },
    ],
  });
  const connectUri = valueOf(uri) ?? '';
  const listed = valueOf(list) ?? [];
  const isWanted = ({ name, uuid }: ListedDomain): boolean => wanted.includes(name) || wanted.includes(uuid);
  const asked = listed.filter(isWanted);
  const active = listed.filter(({ id }) => id !== undefined);
  const [now, next, states, marks] = await batches(
    virsh,
    [
      listed.map(({ uuid }) => readDefinition({ domain: uuid, inactive: false })),
      active.map(({ uuid }) => readDefinition({ domain: uuid, inactive: true })),
      asked.map(({ uuid }) => readState({ domain: uuid })),
      asked.map(({ uuid }) => readMark({ domain: uuid })),
    ],
    call,
  );
  const dumps = [...listed, ...active];
  const results = [...now, ...next];
  const definitions = listed.flatMap(({ id, name, uuid }) => {
    const dumped = dumps.flatMap((one, index) => (one.uuid === uuid ? [results[index]] : []));
    // One that went away meanwhile has no disks any more.
    if (dumped.some((result) => DomainNotFoundError.isInstance(result?.error))) return [];
    const isAsked = asked.some((one) => one.uuid === uuid);
    const sources = dumped.flatMap((result): readonly (DiskSource | undefined)[] => {
      // One that can't be read is refused, as it may write to anything.
      if (result?.error !== undefined && (isAsked || OutputParseError.isInstance(result.error))) throw result.error;
      if (result?.error !== undefined) return [undefined];
      return (result?.value?.disks ?? []).flatMap(sourcesOf);
    });
    const definition = dumped.map((result) => result?.value?.xml).findLast((xml) => xml !== undefined);
    return [{ name, uuid, isActive: id !== undefined, sources, definition }];
  });
  const all = definitions.flatMap(({ sources }) => sources.filter((source) => source !== undefined));
  const volumes = await readVolumes(virsh, all, call);
  const known = definitions.map(({ sources, ...domain }): KnownDomain => {
    const disks = sources.flatMap((source) => (source === undefined ? ['unknown'] : pathOf(source, volumes)));
    return { ...domain, disks: [...new Set(disks)] };
  });
  const facts = asked.flatMap(({ uuid }, index): DomainFacts[] => {
    const domain = known.find((one) => one.uuid === uuid);
    const state = states[index];
    // It went away meanwhile.
    if (domain === undefined || state === undefined) return [];
    const told = valueOf(state);
    return told === undefined ? [] : [{ ...domain, state: told.state, mark: marks[index]?.value }];
  });
  return { connectUri, known, wanted: facts };
}

/** What can be told of a guest beforehand: whether it must be paused, or stands still. */
export function domainProblem({ state }: DomainFacts): string | undefined {
  if (!['unknown', 'no state', 'in shutdown'].includes(state)) return undefined;
  return `its state is "${state}", so it is not known whether its image stands still: run again when it runs or is shut off`;
}
