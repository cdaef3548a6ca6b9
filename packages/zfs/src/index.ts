export { createZfs, type Zfs, type ZfsOptions } from './create-zfs.js';
export { DatasetBusyError, DatasetNotFoundError } from './errors.js';
export { listCommand, parseList, type Dataset, type DatasetType, type ListOptions } from './list.js';
export { snapshotCommand, type SnapshotOptions } from './snapshot.js';
