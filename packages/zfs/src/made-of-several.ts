import type { AnyTable } from '@quiesce/command';
import { assertHealthyRows } from './pool/monitor/assert-healthy.js';
import { damagedFilesRows } from './pool/monitor/damaged-files.js';
import { allWaitForScrubRows } from './pool/scan/wait-for-scrub.js';
import { zpoolStatusRows } from './pool/zpool-status.js';
import { sendReceiveRows } from './transfer/send-receive.js';

/** A method or function that runs more than one subcommand. */
export interface MadeOfSeveral {
  /** What it runs, in the tools' own words. */
  readonly commands: readonly string[];
  /** When it runs less than that. */
  readonly remark?: string;
  /** The rows of its options. */
  readonly rows: AnyTable;
}

const text = 'the second before OpenZFS 2.3';

/** All that run more than one subcommand, by their names. The docs' table is made of it. */
export const zfsMadeOfSeveral: Readonly<Record<string, MadeOfSeveral>> = {
  sendReceive: { commands: ['zfs get', 'zfs send', 'zfs receive'], rows: sendReceiveRows },
  'zfs.pool.assertHealthy': { commands: ['zpool status', 'zpool list'], remark: text, rows: assertHealthyRows },
  'zfs.pool.damagedFiles': { commands: ['zpool status', 'zpool list'], remark: text, rows: damagedFilesRows },
  'zfs.pool.status': { commands: ['zpool status', 'zpool list'], remark: text, rows: zpoolStatusRows },
  'zfs.pool.waitForScrub': { commands: ['zpool status', 'zpool list'], remark: text, rows: allWaitForScrubRows },
};
