import { describeWrongOptions } from '@quiesce/command/testing';
import { createRsync } from './create-rsync.js';
import { rsyncRows } from './rsync-rows.js';

describeWrongOptions(rsyncRows, (transport) => createRsync({ transport }));
