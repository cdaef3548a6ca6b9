import { nestedTable, type MethodTable, type NestedTable } from '@quiesce/command';
import type { Zfs } from './create-zfs.js';
import { datasetTable } from './dataset/dataset-methods.js';
import { hostTable } from './host/host-methods.js';
import { filesystemTable } from './dataset/filesystem-methods.js';
import { keyTable } from './key/key-methods.js';
import { mountTable } from './mount/mount-methods.js';
import { permissionTable } from './permission/permission-methods.js';
import { poolTable, type PoolMethods } from './pool/pool-methods.js';
import { snapshotTable } from './snapshot/snapshot-methods.js';
import { spaceTable } from './space/space-methods.js';
import { transferTable } from './transfer/transfer-methods.js';

/** All methods of {@link Zfs}: one without a row does not compile. */
export const zfsMethodTables: MethodTable<Omit<Zfs, 'pool' | 'stage'>> & NestedTable<'pool', PoolMethods> = {
  ...datasetTable,
  ...hostTable,
  ...filesystemTable,
  ...keyTable,
  ...mountTable,
  ...permissionTable,
  ...snapshotTable,
  ...spaceTable,
  ...transferTable,
  ...nestedTable<'pool', PoolMethods>('pool', poolTable),
};
