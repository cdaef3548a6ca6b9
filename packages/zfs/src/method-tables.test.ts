import { describeEachOption, describeWrongOptions } from '@quiesce/command/client-tests';
import { createZfs } from './create-zfs.js';
import { zfsMethodTables } from './method-tables.js';

describeWrongOptions(zfsMethodTables, (transport) => createZfs({ transport }));
describeEachOption(zfsMethodTables, {
  createClient: (transport) => createZfs({ transport }),
  alongWith: {
    'rename.recursive': { name: 'tank/a@1', newName: 'tank/a@2' },
    'rollback.force': { destroyClones: true },
  },
  // Of a path that is made of what the command prints.
  withoutWords: ['snapshotPath.file'],
});
