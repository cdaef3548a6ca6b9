import { describeWrongOptions } from '@quiesce/command/testing';
import { createZfs } from './create-zfs.js';
import { zfsRows } from './zfs-rows.js';

describeWrongOptions(zfsRows, (transport) => createZfs({ transport }));
