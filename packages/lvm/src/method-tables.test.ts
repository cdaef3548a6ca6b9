import { describeWrongOptions } from '@quiesce/command/testing';
import { createLvm } from './create-lvm.js';
import { lvmMethodTables } from './method-tables.js';

describeWrongOptions(lvmMethodTables, (transport) => createLvm({ transport }));
