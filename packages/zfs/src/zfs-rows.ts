import type { AnyTable } from '@quiesce/command';
import { createRows } from './create.js';
import type { Zfs } from './create-zfs.js';
import type { Zpool } from './create-zpool.js';
import { destroyRows } from './destroy.js';
import { getRows } from './get.js';
import { listRows } from './list.js';
import { setRows } from './set.js';
import { snapshotRows } from './snapshot.js';
import { zpoolListRows } from './zpool-list.js';
import { zpoolStatusRows } from './zpool-status.js';

/** The table of each method: a method without one does not compile. */
export const zfsRows: Readonly<
  Record<Exclude<keyof Zfs, 'pool' | 'run'> | `pool.${Exclude<keyof Zpool, 'run'>}`, AnyTable>
> = {
  list: listRows,
  get: getRows,
  set: setRows,
  create: createRows,
  snapshot: snapshotRows,
  destroy: destroyRows,
  'pool.list': zpoolListRows,
  'pool.status': zpoolStatusRows,
};
