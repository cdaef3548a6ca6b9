import { describeEachOption, describeWrongOptions } from '@quiesce/command/testing';
import { createZfs } from './create-zfs.js';
import { zfsMethodTables } from './method-tables.js';

describeWrongOptions(zfsMethodTables, (transport) => createZfs({ transport }));
describeEachOption(zfsMethodTables, { createClient: (transport) => createZfs({ transport }) });
