import { describeEachOption, describeWrongOptions } from '@quiesce/command/client-tests';
import { createZfs } from './create-zfs.js';
import { zfsMethodTables } from './method-tables.js';

describeWrongOptions(zfsMethodTables, (transport) => createZfs({ transport }));
describeEachOption(zfsMethodTables, {
  createClient: (transport) => createZfs({ transport }),
  alongWith: {
    'send.excludedDatasets': { replicate: true },
    'send.intermediates': { incrementalFrom: '@sunday' },
    'send.skipMissing': { replicate: true },
    'sendSize.excludedDatasets': { replicate: true },
    'sendSize.intermediates': { incrementalFrom: '@sunday' },
    'sendSize.skipMissing': { replicate: true },
    'pool.add.force': { spare: 'sdd' },
    'pool.add.allowInUse': { spare: 'sdd' },
    'pool.add.allowReplicationMismatch': { spare: 'sdd' },
    'pool.add.allowAshiftMismatch': { spare: 'sdd' },
    'pool.add.dryRun': { spare: 'sdd' },
    'pool.add.properties': { spare: 'sdd' },
    'pool.add.pool': { spare: 'sdd' },
    'pool.checkpoint.wait': { discard: true },
    'pool.clear.dryRun': { rewind: true },
    'pool.import.dryRun': { rewind: true },
    'pool.import.temporary': { newName: 'depot' },
    'list.descending': { sortBy: 'createdAt' },
    'listStream.descending': { sortBy: 'createdAt' },
    'rename.recursive': { name: 'tank/a@1', newName: 'tank/a@2' },
    'rollback.force': { destroyClones: true },
  },
  // How often zpool is asked, what is made of its answer, and of a path that it has.
  withoutWords: ['pool.waitForScrub.intervalMs', 'pool.assertHealthy.allowDeviceErrors', 'snapshotPath.file'],
});
