import { describeEachOption, describeWrongOptions } from '@quiesce/command/client-tests';
import { createVirsh } from './create-virsh.js';
import { virshMethodTables } from './method-tables.js';

describeWrongOptions(virshMethodTables, (transport) => createVirsh({ transport }));
describeEachOption(virshMethodTables, { createClient: (transport) => createVirsh({ transport }) });
