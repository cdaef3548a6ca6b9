import { describeEachOption, describeWrongOptions } from '@quiesce/command/client-tests';
import { createRsync } from './create-rsync.js';
import { rsyncMethodTables } from './method-tables.js';

const deletes = ['delete', 'deleteBefore', 'deleteDuring', 'deleteDelay', 'deleteAfter'];
const ofDaemons = ['connectTimeoutSeconds', 'passwordFile', 'earlyInput'];

describeWrongOptions(rsyncMethodTables, (transport) => createRsync({ transport }));
describeEachOption(rsyncMethodTables, {
  createClient: (transport) => createRsync({ transport }),
  alongWith: {
    ...Object.fromEntries(deletes.map((name) => [`sync.${name}`, { archive: true }])),
    'sync.deleteExcluded': { archive: true, delete: true },
    ...Object.fromEntries(ofDaemons.map((name) => [`sync.${name}`, { source: 'rsync://nas/backup/' }])),
  },
  // They say what is a failure.
  withoutWords: ['sync.vanishedFiles', 'sync.skippedDirectories'],
});
