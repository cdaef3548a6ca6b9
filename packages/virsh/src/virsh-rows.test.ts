import { describeWrongOptions } from '@quiesce/command/testing';
import { createVirsh } from './create-virsh.js';
import { virshRows } from './virsh-rows.js';

describeWrongOptions(virshRows, (transport) => createVirsh({ transport }));
