import { describeEachOption, describeWrongOptions } from '@quiesce/command/client-tests';
import { createLvm } from './create-lvm.js';
import { lvmMethodTables } from './method-tables.js';

describeWrongOptions(lvmMethodTables, (transport) => createLvm({ transport }));
describeEachOption(lvmMethodTables, {
  createClient: (transport) => createLvm({ transport }),
  alongWith: {
    'lvchange.volumes': { active: true },
    'lvchange.waitForLock': { active: true },
    'lvcreate.active': { wipe: false },
    'vgck.updateMetadata': { volumeGroups: 'SSD' },
    'lvconvert.udevSync': { zero: false },
  },
});
