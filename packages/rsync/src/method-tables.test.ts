import { describeWrongOptions } from '@quiesce/command/testing';
import { createRsync } from './create-rsync.js';
import { rsyncMethodTables } from './method-tables.js';

describeWrongOptions(rsyncMethodTables, (transport) => createRsync({ transport }));
