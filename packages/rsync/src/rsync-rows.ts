import type { AnyTable } from '@quiesce/command';
import type { Rsync } from './create-rsync.js';
import { syncRows } from './sync-rows.js';

/** The table of each method: a method without one does not compile. */
export const rsyncRows: Readonly<Record<Exclude<keyof Rsync, 'run'>, AnyTable>> = { sync: syncRows, version: {} };
