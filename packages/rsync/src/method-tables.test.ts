import { describeEachOption, describeWrongOptions } from '@quiesce/command/testing';
import { createRsync } from './create-rsync.js';
import { rsyncMethodTables } from './method-tables.js';

describeWrongOptions(rsyncMethodTables, (transport) => createRsync({ transport }));
describeEachOption(rsyncMethodTables, {
  createClient: (transport) => createRsync({ transport }),
  alongWith: { 'sync.delete': { archive: true }, 'sync.deleteExcluded': { archive: true, delete: true } },
  // It says what an exit code means.
  withoutWords: ['sync.vanishedFiles'],
});
