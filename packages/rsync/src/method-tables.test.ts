import { describeEachOption, describeWrongOptions } from '@quiesce/command/client-tests';
import { createRsync } from './create-rsync.js';
import { rsyncMethodTables } from './method-tables.js';

describeWrongOptions(rsyncMethodTables, (transport) => createRsync({ transport }));
const deleting = { delete: { archive: true }, deleteExcluded: { archive: true, delete: true } };
// They say what is a failure, and what is kept.
const silent = ['vanishedFiles', 'skippedDirectories', 'partialTransfer', 'maxDeleteReached', 'maximumChanges'];
const copying = ['sync', 'diff', 'diffStream'];

describeEachOption(rsyncMethodTables, {
  createClient: (transport) => createRsync({ transport }),
  alongWith: {
    'sync.maximumChanges': { itemizeChanges: true },
    ...Object.fromEntries(
      copying.flatMap((method) => Object.entries(deleting).map(([name, more]) => [`${method}.${name}`, more])),
    ),
  },
  withoutWords: copying.flatMap((method) => silent.map((name) => `${method}.${name}`)),
});
