import type { CallOptions } from '@quiesce/command';
import { DatasetNotFoundError, type PropertiesByDataset, type Zfs } from '@quiesce/zfs';
import { provenancePropertyNames, readProvenance, saidHere, type Provenance } from '../target/provenance.js';
import { copyOfProperty } from './names.js';

/** A snapshot or bookmark of one side. */
export interface SidePlace {
  readonly name: string;
  readonly guid: string;
  /** Tells which of two is older. A bookmark has that of its snapshot. */
  readonly createtxg: number;
  /** When the snapshot was made. */
  readonly createdAt: Date | undefined;
}

/** A snapshot of one side. */
export interface SideSnapshot extends SidePlace {
  /** How many holds keep it. */
  readonly holds: number;
  /** What its own properties say. */
  readonly provenance: Provenance;
}

/** What one side has: the target, or the copy. */
export interface Side {
  readonly dataset: string;
  readonly guid: string;
  readonly isEncrypted: boolean;
  /** What its own properties say. */
  readonly provenance: Provenance;
  /** The guid of what it is a copy of. */
  readonly copyOf: string | undefined;
  /** From where a receive that was interrupted goes on. */
  readonly resumeToken: string | undefined;
  readonly isMounted: boolean;
  /** From the oldest to the newest. */
  readonly snapshots: readonly SideSnapshot[];
  readonly bookmarks: readonly SidePlace[];
}

const properties = [
  ...['guid', 'createtxg', 'creation', 'userrefs', 'encryption', 'mounted', 'receive_resume_token'],
  ...provenancePropertyNames,
  copyOfProperty,
];

function sideOf(dataset: string, found: PropertiesByDataset): Side | undefined {
  const own = found[dataset];
  if (own === undefined) return undefined;
  const places = Object.entries(found)
    .map(([name, all]) => {
      const [txg, creation, userrefs] = [all['createtxg'], all['creation'], all['userrefs']].map((one) => one?.value);
      return {
        name,
        guid: all['guid']?.text ?? '',
        createtxg: typeof txg === 'number' ? txg : 0,
        createdAt: creation instanceof Date ? creation : undefined,
        holds: typeof userrefs === 'number' ? userrefs : 0,
        provenance: readProvenance(all),
      };
    })
    .sort((a, b) => a.createtxg - b.createtxg);
  const token = own['receive_resume_token']?.text ?? '';
  return {
    dataset,
    guid: own['guid']?.text ?? '',
    isEncrypted: (own['encryption']?.text ?? 'off') !== 'off',
    provenance: readProvenance(own),
    copyOf: saidHere(own, copyOfProperty),
    resumeToken: token === '' || token === '-' ? undefined : token,
    isMounted: own['mounted']?.text === 'yes',
    snapshots: places.filter(({ name }) => name.startsWith(`${dataset}@`)),
    bookmarks: places.filter(({ name }) => name.startsWith(`${dataset}#`)),
  };
}

/** Looks at one side. Undefined where there is no such file system. */
export async function readSide(zfs: Zfs, dataset: string, call: CallOptions): Promise<Side | undefined> {
  try {
    const types = ['filesystem', 'snapshot', 'bookmark'] as const;
    return sideOf(dataset, await zfs.get({ ...call, datasets: dataset, depth: 1, types, properties }));
  } catch (error) {
    if (DatasetNotFoundError.isInstance(error)) return undefined;
    throw error;
  }
}
