import { nestedTable, type MethodTable, type NestedTable } from '@quiesce/command';
import { batchTable } from './batch/batch-methods.js';
import type { Virsh } from './create-virsh.js';
import { definitionTable } from './definition/definition-methods.js';
import { eventTable } from './event/event-methods.js';
import { guestTable } from './guest/guest-methods.js';
import { hostTable } from './host/host-methods.js';
import { lifecycleTable } from './lifecycle/lifecycle-methods.js';
import { monitorTable } from './monitor/monitor-methods.js';
import { volTable, type VolMethods } from './vol/vol-methods.js';

/** All methods of {@link Virsh}: one without a row does not compile. */
export const virshMethodTables: MethodTable<Omit<Virsh, 'vol'>> & NestedTable<'vol', VolMethods> = {
  ...batchTable,
  ...definitionTable,
  ...eventTable,
  ...guestTable,
  ...hostTable,
  ...lifecycleTable,
  ...monitorTable,
  ...nestedTable<'vol', VolMethods>('vol', volTable),
};
