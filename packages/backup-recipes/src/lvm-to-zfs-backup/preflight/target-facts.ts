import type { CallOptions } from '@quiesce/command';
import { DatasetNotFoundError, PoolNotFoundError, type Dataset, type Pool, type Zfs } from '@quiesce/zfs';
import { provenancePropertyNames, readProvenance, saidHere, type Provenance } from '../../target/provenance.js';
import { verifiedProperty } from '../../target/verified.js';
import type { PreflightWarning } from './host-facts.js';

const limits = ['quota', 'refquota'];
const own = [
  ...['acltype', 'canmount', 'casesensitivity', 'encryptionroot', 'keystatus', 'normalization', 'readonly'],
  ...['utf8only', 'xattr'],
];

/** What ZFS says of a target. */
export interface TargetFacts {
  readonly pool: Pool | undefined;
  /** The dataset and those below it. Empty where there is none of that name. */
  readonly below: readonly Dataset[];
  /** Its properties by name, as far as ZFS knows them. */
  readonly properties: ReadonlyMap<string, string>;
  /** What limits its space: each as `quota of archives: 1073741824 bytes`. */
  readonly limits: readonly string[];
  /** What its properties say of the run that wrote to it last. */
  readonly provenance: Provenance;
  /** What they say of when its data was compared with its checksums. */
  readonly verified: string | undefined;
}

/** What is asked of a dataset that may not be there. */
export async function ifThere<Value>(asked: Promise<Value>, otherwise: Value): Promise<Value> {
  return asked.catch((error: unknown) => {
    if (DatasetNotFoundError.isInstance(error) || PoolNotFoundError.isInstance(error)) return otherwise;
    throw error;
  });
}

/** The name of a target and of all that it lies in, the pool first. */
function withParents(target: string): string[] {
  const parts = target.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Asks ZFS for a target. */
export async function readTarget(zfs: Zfs, target: string, call: CallOptions): Promise<TargetFacts> {
  const datasets = withParents(target);
  const [pool = ''] = datasets;
  const wanted = [...limits, ...own, ...provenancePropertyNames, verifiedProperty];
  const [pools, below, found] = await Promise.all([
    // Another pool may hang.
    ifThere(zfs.pool.list({ ...call, pools: pool }), []),
    ifThere(zfs.list({ ...call, datasets: target, types: ['filesystem', 'volume'], recursive: true }), []),
    ifThere(zfs.get({ ...call, datasets, properties: wanted }), {}),
  ]);
  const properties = found[target] ?? {};
  const all = Object.values(found).flatMap((known) => Object.values(known));
  return {
    pool: pools[0],
    provenance: readProvenance(properties),
    verified: saidHere(properties, verifiedProperty),
    below,
    properties: new Map(
      Object.entries(properties).flatMap(([name, { text, value }]) => (value === undefined ? [] : [[name, text]])),
    ),
    limits: all.flatMap(({ name, property, value }) => {
      // A refquota limits what is in the dataset itself.
      const holds = property === 'quota' || (property === 'refquota' && name === target);
      return holds && Number(value) > 0 ? [`${property} of ${name}: ${String(value)} bytes`] : [];
    }),
  };
}

/** What is worth knowing of the health of a pool: damaged files, or that nothing is known of it. */
export async function poolWarnings(zfs: Zfs, pool: string, call: CallOptions): Promise<PreflightWarning[]> {
  const statuses = await ifThere(zfs.pool.status({ ...call, pools: pool }), []);
  return statuses.flatMap((status) => {
    const errors = status.dataErrors ?? 0;
    const message = `the pool ${pool} has data errors (${String(errors)}): see which files are damaged (zpool status -v ${pool}), and restore or remove them`;
    return errors > 0 ? [{ subject: pool, message }] : [];
  });
}
