import { describeWrongOptions } from '@quiesce/command/testing';
import { createLvm } from './create-lvm.js';
import { lvmRows } from './lvm-rows.js';

describeWrongOptions(lvmRows, (transport) => createLvm({ transport }));
