import type { ZfsCreateOptions, ZpoolCreateOptions } from '@quiesce/zfs';
import type { ResolvedCreateOptions } from './options.js';

/** Properties of a pool that only its making can give it. */
const ofNewPool: Readonly<Record<string, string>> = { ashift: '12' };

/** Properties of a pool that can be set. */
export const ofPool: Readonly<Record<string, string>> = { autotrim: 'off' };

/** The properties of a target that can be set. */
export function ofTarget({
  compression,
  mountpoint,
  recordsizeBytes,
}: Pick<ResolvedCreateOptions, 'compression' | 'mountpoint' | 'recordsizeBytes'>): Record<string, string> {
  return {
    compression,
    recordsize: String(recordsizeBytes),
    // Reading, as for a comparison, would change what a snapshot holds.
    atime: 'off',
    // The host's own files have both.
    xattr: 'sa',
    acltype: 'posix',
    canmount: 'on',
    readonly: 'off',
    ...(mountpoint !== undefined && { mountpoint }),
  };
}

/** The properties of a target that only its making can give it. */
export const ofNewTarget: Readonly<Record<string, string>> = {
  casesensitivity: 'sensitive',
  normalization: 'none',
  utf8only: 'off',
};

/** Makes the pool. Never with force: what is on a device stays there. */
export function poolOptions({ mirror, pool }: ResolvedCreateOptions): ZpoolCreateOptions {
  return { name: pool, vdevs: [{ type: 'mirror', devices: mirror }], properties: { ...ofNewPool, ...ofPool } };
}

/** Makes the file system, and those that it lies in. */
export function datasetOptions(options: ResolvedCreateOptions): ZfsCreateOptions {
  return { name: options.target, parents: true, properties: { ...ofNewTarget, ...ofTarget(options) } };
}
