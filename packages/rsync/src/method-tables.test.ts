import { describeEachOption, describeWrongOptions } from '@quiesce/command/client-tests';
import { createRsync } from './create-rsync.js';
import { rsyncMethodTables } from './method-tables.js';

describeWrongOptions(rsyncMethodTables, (transport) => createRsync({ transport }));
describeEachOption(rsyncMethodTables, {
  createClient: (transport) => createRsync({ transport }),
  alongWith: { 'sync.delete': { archive: true }, 'sync.deleteExcluded': { archive: true, delete: true } },
  // They say what is a failure.
  withoutWords: ['sync.vanishedFiles', 'sync.skippedDirectories'],
});
