import type { MethodTable } from '@quiesce/command';
import type { Rsync } from './create-rsync.js';
import { featuresTable } from './features/features-methods.js';
import { listTable } from './list/list-methods.js';
import { syncTable } from './sync/sync-methods.js';

/** All methods of {@link Rsync}: one without a row does not compile. */
export const rsyncMethodTables: MethodTable<Rsync> = { ...featuresTable, ...listTable, ...syncTable };
