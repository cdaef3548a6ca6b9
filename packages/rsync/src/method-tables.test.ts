import { describeEachOption, describeWrongOptions } from '@quiesce/command/client-tests';
import { createRsync } from './create-rsync.js';
import { rsyncMethodTables } from './method-tables.js';

const deletes = ['delete', 'deleteBefore', 'deleteDuring', 'deleteDelay', 'deleteAfter'];
const ofDaemons = ['connectTimeoutSeconds', 'passwordFile', 'earlyInput', 'address', 'sockopts'];
const notOfList = /^list.*\.(?:earlyInput|sockopts)$/;

describeWrongOptions(rsyncMethodTables, (transport) => createRsync({ transport }));
const along = {
  ...Object.fromEntries(deletes.map((name) => [name, { archive: true }])),
  deleteExcluded: { archive: true, delete: true },
  ignoreErrors: { archive: true, delete: true },
  maxDelete: { archive: true, delete: true },
  fuzzyAlternates: { linkDest: '/backup/monday' },
  suffix: { backup: true },
  logFileFormat: { logFile: '/var/log/rsync.log' },
};
const remoteAlong = [
  ...ofDaemons.map((name) => [name, { source: 'rsync://nas/backup/' }] as const),
  ['rsyncPath', { source: { host: 'nas', path: '/data/' } }] as const,
];
// They say what is a failure, and what is kept.
const silent = ['vanishedFiles', 'skippedDirectories', 'partialTransfer', 'maxDeleteReached', 'maximumChanges'];
const copying = ['sync', 'diff', 'diffStream'];

describeEachOption(rsyncMethodTables, {
  createClient: (transport) => createRsync({ transport }),
  alongWith: {
    'sync.maximumChanges': { itemizeChanges: true },
    ...Object.fromEntries(
      copying.flatMap((method) => Object.entries(along).map(([name, more]) => [`${method}.${name}`, more])),
    ),
    ...Object.fromEntries(
      [...copying, 'list', 'listStream']
        .flatMap((method) => remoteAlong.map(([name, more]) => [`${method}.${name}`, more] as const))
        .filter(([name]) => !notOfList.test(name)),
    ),
  },
  withoutWords: copying.flatMap((method) => silent.map((name) => `${method}.${name}`)),
});
