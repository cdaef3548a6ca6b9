import type { MethodTable } from '@quiesce/command';
import type { Lvm } from './create-lvm.js';
import { logicalVolumeTable } from './logical-volume/logical-volume-methods.js';
import { reportTable } from './report/report-methods.js';
import { volumeGroupTable } from './volume-group/volume-group-methods.js';

/** All methods of {@link Lvm}: one without a row does not compile. */
export const lvmMethodTables: MethodTable<Lvm> = { ...logicalVolumeTable, ...reportTable, ...volumeGroupTable };
